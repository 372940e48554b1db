import AsyncAlgorithms
import Logging
import ServiceLifecycle
import UnixSignals

/// Keeps the keyring at what the file says: at once on SIGHUP, and by a look at it every few seconds, so that a key that was
/// revoked is so without another command.
struct KeyReloader: Service {
    let keyring: Keyring
    let logger: Logger

    private static let pause = Duration.seconds(2)

    func run() async throws {
        let signals = await UnixSignalsSequence(trapping: .sighup).map { _ in }
        let looks = AsyncTimerSequence(interval: Self.pause, clock: .continuous).map { _ in }
        for await _ in merge(signals, looks).cancelOnGracefulShutdown() { keyring.reload(logger) }
    }
}
