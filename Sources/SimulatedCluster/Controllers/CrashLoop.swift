import Foundation
import WireFormats

/// Containers whose program ends soon after its start: those of images with a tag that ends with `-broken`.
///
/// Their kubelet starts them again, with pauses that grow from ten seconds to five minutes.
enum CrashLoop {
  private static let sign = "-broken"
  /// How long such a program runs.
  private static let runSeconds = 2.0
  private static let firstPause = 10.0
  private static let longestPause = 300.0
  private static let exitCode: JSONValue = 1

  /// Whether a container of the Pod is of such an image.
  static func concerns(_ pod: StoredObject) -> Bool {
    (pod.member("spec", "containers")?.arrayValue ?? []).contains(where: isBroken)
  }

  private static func isBroken(_ container: JSONValue) -> Bool {
    container["image"]?.stringValue?.hasSuffix(sign) == true
  }

  /// Makes the status of a Pod that was just started that of one which serves nobody.
  static func start(_ value: inout JSONValue, at timestamp: String) {
    change(&value) { status in status["ready"] = false }
    markUnready(&value, at: timestamp)
  }

  /// Whether one of its containers is to end, or to be started again.
  static func isDue(_ pod: StoredObject, at now: Date, pace: Double) -> Bool {
    var value = pod.value
    return advance(&value, at: now, timestamp: "", pace: pace)
  }

  /// Ends and starts what is due; tells whether anything was.
  @discardableResult
  static func advance(
    _ value: inout JSONValue,
    at now: Date,
    timestamp: String,
    pace: Double
  ) -> Bool {
    var isChanged = false
    change(&value) { status in
      let restarts = status["restartCount"]?.integerValue ?? 0
      if let started = status[path: "state", "running", "startedAt"]?.stringValue {
        guard passed(since: started, at: now) >= runSeconds / pace else { return }
        status["lastState"] = [
          "terminated": [
            "exitCode": exitCode, "reason": "Error", "startedAt": .string(started),
            "finishedAt": .string(timestamp),
          ]
        ]
        let message =
          "back-off \(Int(pause(after: restarts)))s restarting failed container="
          + (status["name"]?.stringValue ?? "")
        status["state"] = [
          "waiting": ["reason": "CrashLoopBackOff", "message": .string(message)]
        ]
        (status["ready"], status["started"]) = (false, false)
      } else {
        let ended = status[path: "lastState", "terminated", "finishedAt"]?.stringValue
        guard passed(since: ended ?? "", at: now) >= pause(after: restarts) / pace else { return }
        status["state"] = ["running": ["startedAt": .string(timestamp)]]
        status["restartCount"] = .integer(restarts + 1)
        (status["ready"], status["started"]) = (false, true)
      }
      isChanged = true
    }
    return isChanged
  }

  private static func pause(after restarts: Int64) -> Double {
    min(longestPause, firstPause * pow(2, Double(min(restarts, 10))))
  }

  private static func passed(since timestamp: String, at now: Date) -> Double {
    now.timeIntervalSince(SimulatedClock.date(timestamp) ?? now)
  }

  /// Changes the statuses of the containers of such images.
  private static func change(_ value: inout JSONValue, _ change: (inout JSONValue) -> Void) {
    let broken = (value[path: "spec", "containers"]?.arrayValue ?? []).filter(isBroken)
      .compactMap { $0["name"] }
    let statuses = value[path: "status", "containerStatuses"]?.arrayValue ?? []
    value[path: "status", "containerStatuses"] = .array(
      statuses.map { status in
        guard status["name"].map(broken.contains) == true else { return status }
        var status = status
        change(&status)
        return status
      }
    )
  }

  private static func markUnready(_ value: inout JSONValue, at timestamp: String) {
    for type in ["ContainersReady", "Ready"] as [JSONValue] {
      Conditions.set(
        ["type": type, "status": "False", "lastProbeTime": .null, "reason": "ContainersNotReady"],
        in: &value,
        at: timestamp
      )
    }
  }
}
