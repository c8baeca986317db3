package import WireFormats

/// A container of a Pod, and whether it runs.
package struct PodContainer: Sendable, Equatable {
  let name: String
  let image: String
  /// `running`, or why it does not.
  let state: String

  var isRunning: Bool { state == Self.running }

  private static let running = "running"

  /// The containers of a Pod as its API server has it: its own first, then such as were added to look
  /// into it, then those that run before.
  package static func containers(of pod: JSONValue) -> [PodContainer] {
    ["container", "ephemeralContainer", "initContainer"].flatMap { sort in
      let states = pod[path: "status", "\(sort)Statuses"]?.arrayValue ?? []
      let containers = pod[path: "spec", "\(sort)s"]?.arrayValue ?? []
      return containers.compactMap { container -> PodContainer? in
        guard let name = container["name"]?.stringValue else { return nil }
        let status = states.first { $0["name"]?.stringValue == name }
        return PodContainer(
          name: name,
          image: container["image"]?.stringValue ?? "",
          state: state(status?["state"])
        )
      }
    }
  }

  private static func state(_ state: JSONValue?) -> String {
    guard let (name, details) = state?.objectValue?.first else { return "not started" }
    return details["reason"]?.stringValue.map { "\(name): \($0)" } ?? name
  }
}
