import ColdStartCommand

/// The program. All of it is `ColdStartCommand`, which tests can link; this is what the executable's linker settings are for.
@main enum Main {
    static func main() async { await ColdStart.main() }
}
