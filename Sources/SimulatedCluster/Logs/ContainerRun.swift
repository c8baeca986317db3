import Foundation
import WireFormats

/// One run of a container, from its start to its end, as its status tells.
struct ContainerRun: Sendable, Equatable {
  let podPath: String
  let podUID: String
  let container: String
  let image: String
  /// How often it was started before.
  let restarts: Int
  let start: Date
  /// `nil` while it runs.
  let end: End?

  struct End: Sendable, Equatable {
    let date: Date
    let exitCode: Int
    let reason: String
  }

  /// The run whose log a kubelet shows: the present one, else the last that ended.
  ///
  /// Source: kubernetes/kubernetes, pkg/kubelet/kubelet_pods.go, `validateContainerLogStatus`.
  init(
    of container: String,
    in pod: StoredObject,
    previous: Bool,
    at now: Date
  ) throws(APIFailure) {
    guard let status = Self.status(of: container, in: pod) else {
      guard PodReading.phase(pod) == "Pending" else {
        throw .badRequest("container \"\(container)\" in pod \"\(pod.name)\" is not available")
      }
      throw .waiting(container, pod, "ContainerCreating")
    }
    let state = status["state"] ?? [:]
    let running = state["running"]
    let last = status[path: "lastState", "terminated"]
    let restarts = Int(status["restartCount"]?.integerValue ?? 0)
    let shown: JSONValue
    var isRunning = false
    if previous {
      guard let last else {
        throw .badRequest(
          "previous terminated container \"\(container)\" in pod \"\(pod.name)\" not found"
        )
      }
      shown = last
    } else if let running {
      shown = running
      isRunning = true
    } else if let ended = state["terminated"] ?? last {
      shown = ended
    } else {
      throw .waiting(container, pod, state[path: "waiting", "reason"]?.stringValue)
    }
    podPath = pod.path
    podUID = pod.uid
    self.container = container
    image = status["image"]?.stringValue ?? ""
    let isPresent = !previous && (isRunning || state["terminated"] != nil)
    self.restarts = max(0, isPresent ? restarts : restarts - 1)
    start = SimulatedClock.date(shown["startedAt"]?.stringValue) ?? Self.creation(of: pod) ?? now
    end =
      isRunning
      ? nil
      : End(
        date: SimulatedClock.date(shown["finishedAt"]?.stringValue) ?? now,
        exitCode: Int(shown["exitCode"]?.integerValue ?? 0),
        reason: shown["reason"]?.stringValue ?? ""
      )
  }

  /// The same run as it stands now: it may have ended; `nil` if nothing is left of it.
  func looked(at pod: StoredObject?, at now: Date) -> ContainerRun? {
    guard let pod, pod.uid == podUID else { return nil }
    let runs = [false, true].compactMap { previous in
      try? ContainerRun(of: container, in: pod, previous: previous, at: now)
    }
    return runs.first { $0.start == start }
  }

  private static func status(of container: String, in pod: StoredObject) -> JSONValue? {
    ["containerStatuses", "initContainerStatuses", "ephemeralContainerStatuses"].lazy
      .flatMap { pod.member("status", $0)?.arrayValue ?? [] }
      .first { $0["name"]?.stringValue == container }
  }

  private static func creation(of pod: StoredObject) -> Date? {
    SimulatedClock.date(pod.member("metadata", "creationTimestamp")?.stringValue)
  }
}

extension APIFailure {
  fileprivate static func waiting(
    _ container: String,
    _ pod: StoredObject,
    _ reason: String?
  ) -> APIFailure {
    let subject = "container \"\(container)\" in pod \"\(pod.name)\" is waiting to start"
    switch reason {
    case nil: return .badRequest("\(subject) - no logs yet")
    case "ErrImagePull": return .badRequest("\(subject): image can't be pulled")
    case "ImagePullBackOff":
      return .badRequest("\(subject): trying and failing to pull image")
    case let reason?: return .badRequest("\(subject): \(reason)")
    }
  }
}
