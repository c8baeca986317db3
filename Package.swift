// swift-tools-version: 6.2
import PackageDescription

/// What every target of ours is compiled with.
let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

/// A module of ours; the order of the calls below is the order in which modules may import each other.
func module(
  _ name: String,
  _ dependencies: Target.Dependency...,
  exclude: [String] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: settings)
}

/// The tests of a module, or of several together.
func tests(_ name: String, _ dependencies: Target.Dependency...) -> Target {
  .testTarget(name: name, dependencies: dependencies, swiftSettings: settings)
}

let collections = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let log = Target.Dependency.product(name: "Logging", package: "swift-log")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP2 = Target.Dependency.product(name: "NIOHTTP2", package: "swift-nio-http2")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioTLS = Target.Dependency.product(name: "NIOSSL", package: "swift-nio-ssl")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS = Target.Dependency.product(name: "HummingbirdTLS", package: "hummingbird")
let hummingbirdHTTP2 = Target.Dependency.product(name: "HummingbirdHTTP2", package: "hummingbird")
let asn1 = Target.Dependency.product(name: "SwiftASN1", package: "swift-asn1")
let x509 = Target.Dependency.product(name: "X509", package: "swift-certificates")
let lifecycle = Target.Dependency.product(
  name: "ServiceLifecycle",
  package: "swift-service-lifecycle"
)
let argumentParser = Target.Dependency.product(
  name: "ArgumentParser",
  package: "swift-argument-parser"
)

let package = Package(
  name: "kpatrol",
  products: [.executable(name: "kpatrol", targets: ["kpatrol"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.7.4"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.2"),
    .package(url: "https://github.com/apple/swift-nio-http2", from: "1.46.0"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
  ],
  targets: [
    .systemLibrary(name: "CCurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    module("HTTP", "CCurl"),
    module("WireFormats"),
    module("NameMatching"),
    module("CEL", "NameMatching", "WireFormats"),
    module("KubernetesCEL", "CEL"),
    module("YAMLReading", "WireFormats", yams),
    module("KubernetesObjects", "WireFormats"),
    .systemLibrary(name: "CSpawn"),
    module(
      "KubernetesClient",
      "CSpawn",
      "HTTP",
      "KubernetesObjects",
      "NameMatching",
      "WireFormats",
      "YAMLReading",
      asn1,
      collections,
      x509,
      yams
    ),
    module("CloudEvents", "HTTP", "WireFormats"),
    module("ClusterGraph", "KubernetesObjects", "NameMatching", collections),
    module("Inspection", "ClusterGraph", "KubernetesObjects", "NameMatching", collections),
    module(
      "UserConfiguration",
      "CEL",
      "Healing",
      "Inspection",
      "KubernetesObjects",
      "NameMatching",
      "YAMLReading"
    ),
    module(
      "LocalState",
      "Inspection",
      "KubernetesObjects",
      "WireFormats",
      "YAMLReading"
    ),
    module("Checks", "Inspection", "ClusterGraph", "KubernetesObjects"),
    module(
      "Rules",
      "CEL",
      "KubernetesCEL",
      "ClusterGraph",
      "Healing",
      "Inspection",
      "KubernetesObjects",
      "NameMatching",
      "UserConfiguration",
      "WireFormats",
      "YAMLReading"
    ),
    module("ServiceAccess", "HTTP", "KubernetesClient", "UserConfiguration", "YAMLReading"),
    module(
      "Inventories",
      "HTTP",
      "KubernetesObjects",
      "ServiceAccess",
      "UserConfiguration",
      "WireFormats",
      "YAMLReading"
    ),
    module(
      "RemoteChecks",
      "CEL",
      "CloudEvents",
      "ClusterGraph",
      "HTTP",
      "Inspection",
      "KubernetesCEL",
      "KubernetesObjects",
      "Rules",
      "ServiceAccess",
      "UserConfiguration",
      "WireFormats"
    ),
    module(
      "Healing",
      "Inspection",
      "ClusterGraph",
      "KubernetesClient",
      "KubernetesObjects",
      "NameMatching",
      "WireFormats"
    ),
    module(
      "Journal",
      "Healing",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "LocalState",
      "WireFormats",
      crypto,
      grdb
    ),
    module(
      "AgentClient",
      "HTTP",
      "Inspection",
      "KubernetesObjects",
      "ServiceAccess",
      "UserConfiguration",
      "WireFormats"
    ),
    .systemLibrary(name: "CMalloc"),
    module(
      "Monitoring",
      "AgentClient",
      "CMalloc",
      "CloudEvents",
      "Healing",
      "Inventories",
      "Checks",
      "Inspection",
      "ClusterGraph",
      "KubernetesClient",
      "KubernetesObjects",
      "NameMatching",
      "RemoteChecks",
      "Rules",
      "UserConfiguration",
      "WireFormats"
    ),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    module(
      "Snapshots",
      "CZlib",
      "Healing",
      "Monitoring",
      "KubernetesClient",
      "KubernetesObjects",
      "WireFormats",
      "YAMLReading",
      yams
    ),
    module(
      "Reporting",
      "Inventories",
      "Monitoring",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "WireFormats",
      yams,
      exclude: ["InspectionReport.schema.json"]
    ),
    module("LeaderElection", "KubernetesClient", "KubernetesObjects", "WireFormats"),
    module(
      "EventDelivery",
      "CloudEvents",
      "HTTP",
      "Healing",
      "Inspection",
      "Journal",
      "KubernetesObjects",
      "LocalState",
      "Monitoring",
      "RemoteChecks",
      "Reporting",
      "UserConfiguration",
      "WireFormats",
      crypto,
      grdb
    ),
    module(
      "Agent",
      "CloudEvents",
      "ClusterGraph",
      "EventDelivery",
      "HTTP",
      "Inspection",
      "Journal",
      "KubernetesClient",
      "KubernetesObjects",
      "LeaderElection",
      "Monitoring",
      "Reporting",
      "ServiceAccess",
      "UserConfiguration",
      "WireFormats",
      crypto,
      deque,
      httpTypes,
      hummingbird,
      hummingbirdCore,
      hummingbirdTLS,
      lifecycle,
      log,
      nio,
      nioTLS
    ),
    .systemLibrary(name: "CNCurses", providers: [.apt(["libncurses-dev"])]),
    module("TerminalKit", "CNCurses", "CSpawn", "NameMatching", "YAMLReading"),
    module(
      "TerminalApp",
      "AgentClient",
      "TerminalKit",
      "Inventories",
      "Journal",
      "LocalState",
      "Monitoring",
      "Healing",
      "Inspection",
      "ClusterGraph",
      "KubernetesClient",
      "KubernetesObjects",
      "NameMatching",
      "RemoteChecks",
      "UserConfiguration",
      "WireFormats",
      "YAMLReading"
    ),
    module(
      "SimulatedCluster",
      "CZlib",
      "WireFormats",
      "YAMLReading",
      asn1,
      crypto,
      httpTypes,
      hummingbird,
      hummingbirdCore,
      hummingbirdHTTP2,
      hummingbirdTLS,
      log,
      nio,
      nioHTTP2,
      nioHTTPTypes,
      nioTLS,
      x509,
      yams
    ),
    .executableTarget(
      name: "kpatrol",
      dependencies: [
        "Agent", "AgentClient", "CEL", "CloudEvents", "EventDelivery", "KubernetesCEL",
        "LeaderElection",
        "TerminalApp", "TerminalKit", "Reporting", "Monitoring", "Checks", "Inspection", "Healing",
        "KubernetesClient", "KubernetesObjects", "HTTP", "Inventories", "Journal", "LocalState",
        "NameMatching", "RemoteChecks", "Rules", "SimulatedCluster", "Snapshots",
        "UserConfiguration",
        "WireFormats",
        "YAMLReading", argumentParser, log,
      ],
      swiftSettings: settings
    ),
    .systemLibrary(name: "CPseudoTerminal"),
    .executableTarget(
      name: "kpatrol-bench",
      dependencies: [
        "CEL", "CMalloc", "CPseudoTerminal", "KubernetesCEL", "Rules",
        "Monitoring", "Checks", "Healing", "Inspection", "ClusterGraph", "KubernetesClient",
        "KubernetesObjects", "WireFormats",
        "ObjectBuilders", "HTTP", "SimulatedCluster", "TerminalApp", "TerminalKit", argumentParser,
      ],
      path: "Benchmarks",
      swiftSettings: settings
    ),
    .target(
      name: "ObjectBuilders",
      dependencies: ["KubernetesObjects", "WireFormats"],
      path: "Tests/ObjectBuilders",
      swiftSettings: settings
    ),
    tests("KubernetesObjectsTests", "KubernetesObjects", "ObjectBuilders", "WireFormats"),
    tests("ClusterGraphTests", "ClusterGraph", "KubernetesObjects", "ObjectBuilders"),
    .target(
      name: "RandomObjects",
      dependencies: ["KubernetesObjects", "ObjectBuilders", "SimulatedCluster", "WireFormats"],
      path: "Tests/RandomObjects",
      swiftSettings: settings
    ),
    .target(name: "TestServers", path: "Tests/TestServers", swiftSettings: settings),
    .target(
      name: "DeployFolder",
      dependencies: ["SimulatedCluster", "WireFormats", "YAMLReading"],
      path: "Tests/DeployFolder",
      swiftSettings: settings
    ),
    tests("WireFormatsTests", "WireFormats", "ObjectBuilders"),
    tests(
      "LeaderElectionTests",
      "LeaderElection",
      "HTTP",
      "KubernetesClient",
      "KubernetesObjects",
      "ObjectBuilders",
      "SimulatedCluster",
      "TestServers",
      "WireFormats"
    ),
    tests(
      "KubernetesClientTests",
      "KubernetesClient",
      "HTTP",
      "KubernetesObjects",
      "WireFormats",
      "ObjectBuilders",
      "TestServers"
    ),
    tests(
      "HealingTests",
      "Healing",
      "Checks",
      "Inspection",
      "ClusterGraph",
      "KubernetesClient",
      "KubernetesObjects",
      "NameMatching",
      "WireFormats",
      "ObjectBuilders"
    ),
    tests(
      "MonitoringTests",
      "Inventories",
      "UserConfiguration",
      "Monitoring",
      "Checks",
      "ClusterGraph",
      "DeployFolder",
      "Healing",
      "HTTP",
      "Inspection",
      "Journal",
      "KubernetesClient",
      "KubernetesObjects",
      "Rules",
      "SimulatedCluster",
      "Snapshots",
      "NameMatching",
      "WireFormats",
      "ObjectBuilders",
      "TestServers",
      "YAMLReading",
      yams
    ),
    tests(
      "ReportingTests",
      "Inventories",
      "Reporting",
      "Checks",
      "Monitoring",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "UserConfiguration",
      "WireFormats",
      yams
    ),
    tests(
      "SnapshotsTests",
      "Snapshots",
      "Checks",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "Monitoring",
      "TestServers"
    ),
    .testTarget(
      name: "TerminalKitTests",
      dependencies: ["TerminalKit"],
      exclude: ["Skins"],
      swiftSettings: settings
    ),
    tests(
      "UserConfigurationTests",
      "UserConfiguration",
      "Checks",
      "ClusterGraph",
      "Inspection",
      "KubernetesObjects",
      "NameMatching",
      "YAMLReading"
    ),
    tests(
      "InventoriesTests",
      "Inventories",
      "HTTP",
      "KubernetesObjects",
      "SimulatedCluster",
      "TestServers",
      "UserConfiguration",
      "WireFormats",
      "YAMLReading"
    ),
    .testTarget(
      name: "CELTests",
      dependencies: ["CEL", "KubernetesCEL", "ObjectBuilders", "WireFormats"],
      exclude: ["Conformance"],
      swiftSettings: settings
    ),
    // An example for whoever writes checks, with a package of its own; its tests are here.
    .executableTarget(
      name: "memory-limits",
      dependencies: [httpTypes, hummingbird, nio],
      path: "Examples/swift-check/Sources/memory-limits"
    ),
    .testTarget(
      name: "RemoteChecksTests",
      dependencies: [
        "memory-limits",
        "RemoteChecks", "Checks", "CloudEvents", "ClusterGraph", "HTTP", "Inspection",
        "KubernetesClient", "KubernetesObjects", "Monitoring", "ObjectBuilders",
        "SimulatedCluster", "TestServers", "UserConfiguration", "WireFormats", "YAMLReading",
      ],
      exclude: ["flooding.py"],
      swiftSettings: settings
    ),
    .testTarget(
      name: "EventDeliveryTests",
      dependencies: [
        "EventDelivery", "CloudEvents", "ClusterGraph", "HTTP", "Healing", "Inspection", "Journal",
        "KubernetesClient", "KubernetesObjects", "Monitoring", "RemoteChecks", "SimulatedCluster",
        "TestServers", "UserConfiguration", "WireFormats", "YAMLReading",
      ],
      exclude: ["sink.py"],
      swiftSettings: settings
    ),
    tests("CloudEventsTests", "CloudEvents", "HTTP", "TestServers", "WireFormats"),
    tests("NameMatchingTests", "NameMatching"),
    tests(
      "RulesTests",
      "Rules",
      "CEL",
      "Checks",
      "ClusterGraph",
      "Healing",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "UserConfiguration",
      "WireFormats",
      "ObjectBuilders"
    ),
    tests("LocalStateTests", "LocalState", "Inspection", "KubernetesObjects", "TestServers"),
    tests(
      "JournalTests",
      "Journal",
      "Healing",
      "ClusterGraph",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "LocalState",
      "TestServers",
      "WireFormats",
      grdb
    ),
    tests("YAMLReadingTests", "YAMLReading"),
    .testTarget(
      name: "TerminalAppTests",
      dependencies: [
        "AgentClient", "Inventories", "TerminalApp", "TerminalKit", "Monitoring", "Healing",
        "Inspection",
        "Journal", "ClusterGraph", "KubernetesClient", "KubernetesObjects", "RemoteChecks", "Rules",
        "UserConfiguration", "WireFormats", "YAMLReading",
      ],
      exclude: ["Screens"],
      swiftSettings: settings
    ),
    .executableTarget(
      name: "HealAndDie",
      dependencies: [
        "Healing", "HTTP", "Inspection", "Journal", "KubernetesClient", "KubernetesObjects",
        "Monitoring", "WireFormats",
      ],
      path: "Tests/HealAndDie",
      swiftSettings: settings
    ),
    tests(
      "EndToEndTests",
      "kpatrol",
      "HealAndDie",
      "Checks",
      "DeployFolder",
      "Healing",
      "HTTP",
      "Inspection",
      "Journal",
      "KubernetesClient",
      "KubernetesObjects",
      "Monitoring",
      "SimulatedCluster",
      "TerminalApp",
      "TerminalKit",
      "TestServers",
      "WireFormats"
    ),
    tests(
      "AgentTests",
      "Agent",
      "Checks",
      "CloudEvents",
      "ClusterGraph",
      "EventDelivery",
      "HTTP",
      "Inspection",
      "Journal",
      "KubernetesClient",
      "KubernetesObjects",
      "LeaderElection",
      "Monitoring",
      "ObjectBuilders",
      "RemoteChecks",
      "SimulatedCluster",
      "TestServers",
      "UserConfiguration",
      "WireFormats",
      "YAMLReading",
      log
    ),
    tests(
      "AgentClientTests",
      "AgentClient",
      "Agent",
      "Checks",
      "ClusterGraph",
      "HTTP",
      "Healing",
      "Inspection",
      "KubernetesClient",
      "KubernetesObjects",
      "Monitoring",
      "SimulatedCluster",
      "Snapshots",
      "TestServers",
      "UserConfiguration",
      "WireFormats",
      log
    ),
    tests("HTTPTests", "HTTP", "SimulatedCluster", "TestServers", nio, nioPosix, nioTLS),
    tests(
      "SimulatedClusterTests",
      "SimulatedCluster",
      "KubernetesObjects",
      "WireFormats",
      "RandomObjects",
      "TestServers"
    ),
    tests(
      "InspectionTests",
      "Inspection",
      "ClusterGraph",
      "KubernetesObjects",
      "NameMatching",
      "ObjectBuilders"
    ),
    tests(
      "ChecksTests",
      "Checks",
      "Healing",
      "Inspection",
      "ClusterGraph",
      "KubernetesObjects",
      "ObjectBuilders",
      "RandomObjects",
      "Rules",
      "WireFormats"
    ),
  ]
)
