// swift-tools-version: 6.2
import PackageDescription

// Imports point down only: a target may import targets of a lower level, never of its own or a higher one.
// `Scripts/check-imports` holds every `import` in Sources against this manifest.

/// Language settings, once, for every target.
var settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// C's square root may set `errno`, which Swift's inherits on Linux: then every lane of a vector takes its own root and asks
// whether to call the library. Without, eight are one instruction, with the same bits.
settings.append(.unsafeFlags(["-Xcc", "-fno-math-errno"]))

/// The program holds Swift's runtime: its calls go straight there, not through a table (the service answers a fifth more), and
/// it runs where no Swift is installed. Tests link the shared runtime, as Swift Testing comes in no other form.
let staticRuntime = [
    "-static-stdlib", "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections",
    "-l_FoundationICU", "-lstdc++",
]

/// The sanitizer that the tests are run under, where there is one; `Scripts/test-sanitizers` sets it. ThreadSanitizer has to see
/// everybody's locks, so `--sanitize` stands beside it; AddressSanitizer is for this package's own targets, as with the fuzzer.
let sanitizer = Context.environment["COLDSTART_SANITIZER"]

/// Whether to build for every x86-64 processor, slowly: `COLDSTART_KERNELS=portable swift build --scratch-path .build-portable`.
let isPortable = Context.environment["COLDSTART_KERNELS"] == "portable"

/// libFuzzer without a `main`, where this package's own Swift is to be built for it: with counters on its branches and an
/// address sanitizer. `Scripts/test-fuzz` sets it. Packages of others are built as ever.
let fuzzerLibrary = Context.environment["COLDSTART_FUZZER"]
if fuzzerLibrary != nil { settings.append(.unsafeFlags(["-sanitize=fuzzer,address"])) }
if sanitizer == "address" { settings.append(.unsafeFlags(["-sanitize=address"])) }

// Arm has NEON without flags; on x86-64 the kernels are written for AVX2 and FMA.
#if arch(x86_64)
    if isPortable {
        settings.append(.define("COLDSTART_PORTABLE"))
    } else {
        settings.append(.unsafeFlags(["-Xcc", "-mavx2", "-Xcc", "-mfma"]))
    }
#endif

let package = Package(
    name: "coldstart",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "coldstart", targets: ["coldstart"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Level 0: no target of this package below.
        .target(name: "Diagnostics", swiftSettings: settings),
        .target(name: "FloatKernels", swiftSettings: settings),
        .target(name: "CProcessor", cSettings: isPortable ? [.define("COLDSTART_PORTABLE")] : []),
        .target(name: "CAllocator"),
        // The dashboard's files, put into the program by C23's #embed: Swift takes most of a minute for as many literals.
        .target(name: "CDashboard", exclude: ["Pages"]),
        .target(name: "COpenAPI", exclude: ["openapi.json"]),
        .systemLibrary(
            name: "CPNG", pkgConfig: "libpng", providers: [.apt(["libpng-dev"]), .brew(["libpng"])]),
        .systemLibrary(
            name: "CJPEG", pkgConfig: "libturbojpeg",
            providers: [.apt(["libturbojpeg0-dev"]), .brew(["jpeg-turbo"])]),
        .systemLibrary(
            name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),

        // Level 1
        .target(
            name: "NeuralNetwork", dependencies: ["Diagnostics", "FloatKernels", "CZlib"],
            swiftSettings: settings),
        .target(
            name: "ItemContent", dependencies: ["Diagnostics", "CPNG", "CJPEG"], swiftSettings: settings),
        .target(
            name: "Catalogue",
            dependencies: [
                "Diagnostics", "CZlib",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "Crypto", package: "swift-crypto"),
            ],
            swiftSettings: settings),

        // Level 2
        .target(
            name: "CollaborativeFiltering", dependencies: ["Diagnostics", "FloatKernels", "NeuralNetwork"],
            swiftSettings: settings),
        .target(
            name: "ContentProjection",
            dependencies: ["Diagnostics", "FloatKernels", "NeuralNetwork", "ItemContent"],
            swiftSettings: settings),

        // Level 3
        .target(
            name: "Recommendation",
            dependencies: [
                "Diagnostics", "FloatKernels", "NeuralNetwork", "ItemContent", "Catalogue",
                "CollaborativeFiltering", "ContentProjection",
            ],
            swiftSettings: settings),

        // Level 4
        .target(
            name: "ColdStartService",
            dependencies: [
                "Diagnostics", "FloatKernels", "ItemContent", "Catalogue", "CollaborativeFiltering",
                "Recommendation", "CAllocator", "CDashboard", "COpenAPI",
                .product(name: "AsyncAlgorithms", package: "swift-async-algorithms"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: settings),

        // Level 5
        .target(
            name: "ColdStartCommand",
            dependencies: [
                "Diagnostics", "FloatKernels", "ItemContent", "Catalogue",
                "CollaborativeFiltering",
                "ContentProjection", "Recommendation", "ColdStartService", "CProcessor",
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: settings),

        // Level 6: the program
        .executableTarget(
            name: "coldstart", dependencies: ["ColdStartCommand"], swiftSettings: settings,
            linkerSettings: sanitizer == nil ? [.unsafeFlags(staticRuntime, .when(platforms: [.linux]))] : []),

        // Linked into tests only
        .target(name: "CAllocationCounter", path: "Tests/CAllocationCounter"),

        // Tools, never linked into the product
        .executableTarget(
            name: "SampleDataGenerator",
            dependencies: ["Diagnostics", "FloatKernels", "ItemContent", "CProcessor"],
            swiftSettings: settings),
        .executableTarget(
            name: "KernelComparison", dependencies: ["FloatKernels", "CProcessor"], swiftSettings: settings),
        .executableTarget(
            name: "Benchmarks",
            dependencies: [
                "Diagnostics", "FloatKernels", "NeuralNetwork", "ItemContent", "CollaborativeFiltering",
                "CProcessor", "CJPEG",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            exclude: ["Peers"], swiftSettings: settings),
        .target(
            name: "FuzzTargets",
            dependencies: [
                "Diagnostics", "FloatKernels", "NeuralNetwork", "ItemContent", "Catalogue", "Recommendation",
                "ColdStartService", "CZlib",
            ],
            swiftSettings: settings),
    ]
)

// Part of whatever computes on several threads, and so of every program.
if sanitizer == "thread" {
    package.targets.append(.target(name: "CThreadSanitizer", path: "Tests/CThreadSanitizer"))
    package.targets.first { $0.name == "FloatKernels" }?.dependencies.append("CThreadSanitizer")
}

if let fuzzerLibrary {
    package.targets += [
        .systemLibrary(name: "CFuzzer"),
        .executableTarget(
            name: "Fuzzer", dependencies: ["FuzzTargets", "CFuzzer"], swiftSettings: settings,
            linkerSettings: [.unsafeFlags(["-sanitize=address", "-Xlinker", fuzzerLibrary, "-lstdc++"])]),
    ]
}

for level in [
    "Diagnostics", "FloatKernels", "NeuralNetwork", "ItemContent", "Catalogue",
    "CollaborativeFiltering", "ContentProjection", "Recommendation", "ColdStartService", "ColdStartCommand",
    "FuzzTargets",
] {
    package.targets.append(
        .testTarget(
            name: level + "Tests",
            dependencies: package.targets.filter { $0.name == level }.flatMap(\.dependencies)
                + [.target(name: level)]
                // The tests count allocations.
                + (level == "NeuralNetwork" ? [.target(name: "CAllocationCounter")] : [])
                // The tests speak HTTP, in process and over sockets.
                + (level == "ColdStartService"
                    ? [.product(name: "HummingbirdTesting", package: "hummingbird")] : [])
                // The tests make a database of the future.
                + (level == "ColdStartCommand" ? [.product(name: "GRDB", package: "GRDB.swift")] : []),
            swiftSettings: settings))
}

/// Targets, separated by commas, where only these, what they need and their tests are to be built: `Scripts/test-sanitizers`.
if let chosen = Context.environment["COLDSTART_TARGETS"] {
    var needed: Set<String> = []
    var rest = chosen.split(separator: ",").flatMap { [String($0), $0 + "Tests"] }
    while let name = rest.popLast() {
        guard let target = package.targets.first(where: { $0.name == name }), needed.insert(name).inserted
        else { continue }
        for case .byNameItem(let name, _) in target.dependencies { rest.append(name) }
        for case .targetItem(let name, _) in target.dependencies { rest.append(name) }
    }
    package.targets.removeAll { !needed.contains($0.name) }
    package.products.removeAll()
}

// Whatever is linked needs the sanitizer's runtime.
if sanitizer == "address" {
    for target in package.targets where target.type == .executable || target.type == .test {
        target.linkerSettings = [.unsafeFlags(["-sanitize=address"])]
    }
}
