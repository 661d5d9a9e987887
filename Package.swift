// swift-tools-version: 6.2
import PackageDescription

let package = Package(
    name: "duet",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "duet", targets: ["duet"]),
        .executable(name: "duet-simulator", targets: ["duet-simulator"]),
        .executable(name: "duet-benchmarks", targets: ["duet-benchmarks"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", exact: "1.6.0"),
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird",
            exact: "2.28.1",
            traits: ["FullFoundation"]
        ),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        .package(url: "https://github.com/swiftcsv/SwiftCSV", exact: "0.10.0"),
    ],
    targets: [
        // MARK: - Core
        .target(name: "SyncCore"),

        // MARK: - Edges
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .systemLibrary(
            name: "CCrypto",
            pkgConfig: "libcrypto",
            providers: [.apt(["libssl-dev"])]
        ),
        .systemLibrary(
            name: "CZlib",
            path: "Simulator/CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .target(name: "Signatures", dependencies: ["CCrypto"]),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "WireJSON", dependencies: ["CSimdJSON"]),
        .target(name: "HTTPTransport", dependencies: ["SyncCore", "CCurl"]),
        .target(name: "CRMInterface", dependencies: ["SyncCore", "HTTPTransport"]),
        .target(
            name: "SyncStore",
            dependencies: [
                "SyncCore", "Signatures",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]
        ),
        .target(
            name: "HubSpotConnector",
            dependencies: ["CRMInterface", "SyncCore", "HTTPTransport", "Signatures", "WireJSON"]
        ),
        .target(
            name: "SalesforceConnector",
            dependencies: ["CRMInterface", "SyncCore", "HTTPTransport", "Signatures", "WireJSON"]
        ),

        // MARK: - Shell
        .target(
            name: "SyncRuntime",
            dependencies: [
                "CRMInterface", "SyncCore", "HTTPTransport", "SyncStore", "Signatures",
                "HubSpotConnector", "SalesforceConnector",
                .product(name: "Logging", package: "swift-log"),
            ]
        ),
        .target(
            name: "DuetCLI",
            dependencies: [
                "SyncRuntime", "SyncCore", "SyncStore", "HTTPTransport", "CRMInterface",
                "HubSpotConnector", "SalesforceConnector", "Signatures", "WireJSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            resources: [
                .embedInCode("Resources/defaults/contacts.json"),
                .embedInCode("Resources/defaults/companies.json"),
                .embedInCode("Resources/defaults/deals.json"),
                .embedInCode("Resources/defaults/tickets.json"),
                .embedInCode("Resources/defaults/tasks.json"),
                .embedInCode("Resources/defaults/meetings.json"),
                .embedInCode("Resources/defaults/calls.json"),
                .embedInCode("Resources/defaults/emails.json"),
                .embedInCode("Resources/defaults/notes.json"),
            ]
        ),
        .executableTarget(
            name: "duet",
            dependencies: [
                "DuetCLI", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),

        // MARK: - Simulator
        .target(
            name: "MockHubSpot",
            dependencies: [
                "HTTPTransport", "Signatures", "WireJSON",
                .product(name: "OrderedCollections", package: "swift-collections"),
            ],
            path: "Simulator/MockHubSpot"
        ),
        .target(
            name: "MockSalesforce",
            dependencies: [
                "HTTPTransport", "Signatures", "WireJSON",
                .product(name: "DequeModule", package: "swift-collections"),
                .product(name: "OrderedCollections", package: "swift-collections"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ],
            path: "Simulator/MockSalesforce",
            resources: [.embedInCode("Resources/describe-fields.tsv")]
        ),
        .target(
            name: "SimulationKit",
            dependencies: [
                "SyncCore", "HTTPTransport", "CRMInterface", "HubSpotConnector",
                "SalesforceConnector", "SyncStore", "SyncRuntime", "MockHubSpot",
                "MockSalesforce", "Signatures", "WireJSON",
            ],
            path: "Simulator/SimulationKit",
            resources: [.embedInCode("Resources/faults.tsv")]
        ),
        .target(
            name: "MockServer",
            dependencies: [
                "MockHubSpot", "MockSalesforce", "HTTPTransport", "SyncCore", "WireJSON",
                "SimulationKit", "CZlib",
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
                .product(name: "Yams", package: "Yams"),
            ],
            path: "Simulator/MockServer"
        ),
        .target(name: "CHashOrder", path: "Simulator/CHashOrder"),
        .target(
            name: "SimulatorCLI",
            dependencies: [
                "CHashOrder", "DemoKit", "MockServer", "MockHubSpot", "MockSalesforce",
                "SimulationKit",
                "HTTPTransport",
                "SyncCore", "WireJSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Simulator/SimulatorCLI",
            resources: [
                .embedInCode("Resources/replay.html"),
                .embedInCode("Resources/replay.css"),
                .embedInCode("Resources/replay.js"),
            ]
        ),
        .executableTarget(
            name: "duet-simulator",
            dependencies: [
                "SimulatorCLI",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Simulator/duet-simulator"
        ),
        .target(
            name: "DemoKit",
            dependencies: ["HTTPTransport", "WireJSON"],
            path: "Simulator/DemoKit"
        ),
        .executableTarget(
            name: "duet-demo",
            dependencies: ["DemoKit"],
            path: "Simulator/duet-demo"
        ),

        // MARK: - Benchmarks
        .target(name: "CAllocations", path: "Benchmarks/CAllocations"),
        .target(
            name: "BenchmarkKit",
            dependencies: [
                "CAllocations", "DemoKit",
                "SyncRuntime", "SyncCore", "SyncStore", "HTTPTransport", "CRMInterface",
                "HubSpotConnector", "SalesforceConnector", "MockHubSpot", "MockSalesforce",
                "SimulationKit", "WireJSON",
            ],
            path: "Benchmarks/BenchmarkKit"
        ),
        .executableTarget(
            name: "duet-benchmarks",
            dependencies: [
                "BenchmarkKit", .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/duet-benchmarks"
        ),

        // MARK: - Tests
        .testTarget(name: "SyncCoreTests", dependencies: ["SyncCore"]),
        .testTarget(
            name: "SignaturesTests",
            dependencies: ["ConnectorTestKit", "Signatures"]
        ),
        .testTarget(name: "WireJSONTests", dependencies: ["WireJSON"]),
        .testTarget(name: "BenchmarkTests", dependencies: ["BenchmarkKit"]),
        .testTarget(
            name: "HTTPTransportTests",
            dependencies: ["ConnectorTestKit", "HTTPTransport"]
        ),
        .testTarget(
            name: "SyncStoreTests",
            dependencies: [
                "SyncStore", "SyncCore", .product(name: "GRDB", package: "GRDB.swift"),
            ]
        ),
        .testTarget(
            name: "MockHubSpotTests",
            dependencies: ["MockHubSpot", "HTTPTransport", "Signatures", "WireJSON"]
        ),
        .testTarget(
            name: "MockSalesforceTests",
            dependencies: [
                "ConnectorTestKit", "MockSalesforce", "HTTPTransport", "Signatures", "WireJSON",
            ]
        ),
        .target(
            name: "ConnectorTestKit",
            dependencies: ["CRMInterface", "SyncCore", "HTTPTransport"],
            path: "Tests/ConnectorTestKit"
        ),
        .testTarget(
            name: "HubSpotConnectorTests",
            dependencies: [
                "ConnectorTestKit", "HubSpotConnector", "CRMInterface", "SyncCore", "HTTPTransport",
                "MockHubSpot", "Signatures", "WireJSON",
            ]
        ),
        .testTarget(
            name: "SalesforceConnectorTests",
            dependencies: [
                "ConnectorTestKit", "SalesforceConnector", "CRMInterface", "SyncCore",
                "HTTPTransport", "MockSalesforce", "Signatures", "WireJSON",
            ]
        ),
        .testTarget(
            name: "SyncRuntimeTests",
            dependencies: [
                "SyncRuntime", "SyncCore", "SyncStore", "HTTPTransport", "CRMInterface",
                "SimulationKit",
            ]
        ),
        .testTarget(
            name: "ScenarioTests",
            dependencies: [
                "SyncRuntime", "SyncCore", "SyncStore", "HTTPTransport", "CRMInterface",
                "HubSpotConnector", "SalesforceConnector", "MockHubSpot", "MockSalesforce",
                "SimulationKit", "WireJSON", "DuetCLI",
            ]
        ),
        .testTarget(
            name: "SimulationTests",
            dependencies: [
                "SimulationKit", "SyncRuntime", "SyncCore", "SyncStore", "HTTPTransport",
                "CRMInterface", "HubSpotConnector", "SalesforceConnector", "MockHubSpot",
                "MockSalesforce", "WireJSON",
            ]
        ),
        .testTarget(
            name: "DuetCLITests",
            dependencies: [
                "DuetCLI", "SyncRuntime", "SyncCore", "SyncStore", "CRMInterface", "HTTPTransport",
                "WireJSON", "HubSpotConnector", "SalesforceConnector", "MockHubSpot",
                "MockSalesforce", "Signatures", "SimulationKit",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "SwiftCSV", package: "SwiftCSV"),
            ]
        ),
        .testTarget(
            name: "MockServerTests",
            dependencies: [
                "ConnectorTestKit", "MockServer", "MockHubSpot", "MockSalesforce",
                "SimulationKit", "HTTPTransport", "WireJSON",
            ]
        ),
        .testTarget(
            name: "SimulatorCLITests",
            dependencies: [
                "SimulatorCLI", "SimulationKit", "SyncCore", "WireJSON",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ]
        ),
        .testTarget(
            name: "AcceptanceTests",
            dependencies: [
                "DemoKit", "HTTPTransport", "WireJSON", "duet", "duet-simulator", "duet-demo",
            ]
        ),
        .testTarget(
            name: "ConformanceTests",
            dependencies: ["DemoKit", "HTTPTransport", "duet-simulator"],
            exclude: ["clients"]
        ),
        .testTarget(name: "TidyTests"),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

// House settings, applied once to every Swift target. A misspelled feature is silent, so
// Sources/SyncCore/UpcomingFeatures.swift refuses to build without each of them.
for target in package.targets
where [.regular, .executable, .test].contains(target.type)
    && !["CSimdJSON", "CHashOrder"].contains(target.name)
{
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .treatAllWarnings(as: .error),
            .treatWarning("DeprecatedDeclaration", as: .warning),
        ]
}
