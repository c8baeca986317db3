import Foundation
import KubernetesClient

/// `kpatrol sim` in a process of its own, with a bulk world.
final class SimulationProcess {
  /// How many kinds it serves, about as many as a cluster with some operators.
  static let kinds = 100

  /// Users that may read some kinds alone: of a bulk world, whose Pods have many companions, that is how
  /// one gets the number of other objects that the targets speak of.
  enum Reader: String, CaseIterable {
    /// Nodes, Pods, two others for ten Pods, and the few objects of what else is read in full.
    case measured
    /// What there are only a few of.
    case nothing
    case nodes
    case nodesAndPods
    case deployments
    /// Kinds of which only the metadata is read.
    case metadata
    case everything

    var resources: [String] {
      let few = [
        "namespaces", "persistentvolumes", "resourcequotas",
        "customresourcedefinitions.apiextensions.k8s.io",
      ]
      return switch self {
      case .measured: few + ["nodes", "pods", "deployments.apps", "services"]
      case .nothing: few
      case .nodes: few + ["nodes"]
      case .nodesAndPods: few + ["nodes", "pods"]
      case .deployments: few + ["deployments.apps"]
      case .metadata: few + ["controllerrevisions.apps"]
      case .everything: ["*"]
      }
    }
  }

  let size: ClusterSize
  /// The number tells two apart that run at once.
  private let number: Int
  /// For files of whoever talks to it; goes when it ends.
  let folder: URL
  private let lifeline: Lifeline

  /// Starts one and waits until it listens; `churn` is in changes a second, and `pace` in bytes a
  /// second for each list.
  init(_ size: ClusterSize, number: Int = 1, churn: Int = 0, pace: Int? = nil) throws {
    self.size = size
    self.number = number
    folder = try Programs.makeFolder()
    var arguments = [
      "sim", "--nodes", "\(size.nodes)", "--pods", "\(size.pods)", "--kinds", "\(Self.kinds)",
      "--churn", "\(churn)", "--seed", "\(number)",
      "--write-kubeconfig", folder.appending(path: "kubeconfig").path,
    ]
    if let pace { arguments += ["--fault", "throttle=\(pace),verb=list"] }
    for reader in Reader.allCases {
      let resources = reader.resources.joined(separator: ",")
      arguments += [
        "--user",
        "\(reader.rawValue)\(number)=get,list,watch,create,update,patch,delete:\(resources)",
      ]
    }
    let output = Pipe()
    lifeline = try Lifeline(
      try Programs.kpatrol(),
      arguments,
      standard: .output(output),
      folder: folder
    )
    var told = ""
    while !told.contains("Ctrl-C ends it.") {
      let data = output.fileHandleForReading.availableData
      guard !data.isEmpty else { throw BenchmarkFailure("kpatrol sim ended before it listened.") }
      told += String(decoding: data, as: UTF8.self)
    }
    for reader in Reader.allCases { try Self.disableCompression(in: kubeconfig(of: reader)) }
  }

  func end() { lifeline.end() }

  func context(of reader: Reader) -> String { "sim-\(reader.rawValue)\(number)" }

  /// Its path.
  func kubeconfig(of reader: Reader) -> String {
    folder.appending(path: "kubeconfig-\(reader.rawValue)\(number)").path
  }

  func connection(of reader: Reader) throws -> ClusterConnection {
    try Kubeconfig.load(explicitPath: kubeconfig(of: reader), environment: [:]).connection(to: nil)
  }

  /// On loopback a client is measured, not the compression.
  private static func disableCompression(in kubeconfig: String) throws {
    let text = try String(contentsOfFile: kubeconfig, encoding: .utf8)
    let changed = text.replacing(
      "    server: ",
      with: "    disable-compression: true\n    server: "
    )
    try changed.write(toFile: kubeconfig, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: kubeconfig)
  }
}
