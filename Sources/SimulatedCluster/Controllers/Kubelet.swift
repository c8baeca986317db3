import Foundation
import WireFormats

/// What the kubelets of all nodes that are up do: start Pods, give them addresses, end those that are deleted.
struct Kubelet: Controller {
  let concerns: [ServedResource] = [.pods, .nodes]
  let interval: Duration? = .milliseconds(500)

  /// How long a container takes to start, and to end when told to.
  private static let startSeconds = 1.5
  private static let endSeconds = 2.0

  func reconcile(_ world: World, pace: Double) {
    let now = world.now
    let pods = world.objects(.pods)
    let needsWork = pods.filter { pod in
      pod.isTerminating || PodReading.phase(pod) == "Pending"
        || !PodReading.isReady(pod) && CrashLoop.concerns(pod)
    }
    guard !needsWork.isEmpty else { return }
    let nodes = Dictionary(
      world.objects(.nodes).map { ($0.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    var taken = Set(pods.compactMap(PodReading.address))
    for pod in needsWork {
      // Nobody acts for a node that is gone or does not answer: its Pods stay as they are.
      guard let name = PodReading.node(of: pod), let node = nodes[name],
        !world.outages.isDown(name, at: now)
      else { continue }
      if pod.isTerminating {
        if hasEnded(pod, now, pace) {
          tell("Killing", "Stopping", pod, name, world)
          world.delete(pod, gracePeriodSeconds: 0)
        }
      } else if PodReading.phase(pod) != "Pending" {
        advance(pod, name, now, pace, world)
      } else if age(of: pod, now) >= Self.startSeconds / pace {
        start(pod, on: node, &taken, world)
      }
    }
  }

  private func age(of pod: StoredObject, _ now: Date) -> Double {
    let created = pod.value[path: "metadata", "creationTimestamp"]?.stringValue
    return now.timeIntervalSince(SimulatedClock.date(created) ?? now)
  }

  private func hasEnded(_ pod: StoredObject, _ now: Date, _ pace: Double) -> Bool {
    let metadata = pod.value["metadata"] ?? [:]
    let grace = metadata["deletionGracePeriodSeconds"]?.integerValue ?? 0
    guard grace > 0 else { return pod.finalizers.isEmpty }
    guard let end = SimulatedClock.date(metadata["deletionTimestamp"]?.stringValue) else {
      return true
    }
    let asked = end.addingTimeInterval(-Double(grace))
    return now.timeIntervalSince(asked) >= min(Double(grace), Self.endSeconds) / pace
  }

  private func start(
    _ pod: StoredObject,
    on node: StoredObject,
    _ taken: inout Set<String>,
    _ world: World
  ) {
    let address = PodAddresses.free(on: node, besides: taken)
    if let address { taken.insert(address) }
    world.change(pod) { value in
      Self.run(&value, on: node, address: address, at: world.timestamp)
      if CrashLoop.concerns(pod) { CrashLoop.start(&value, at: world.timestamp) }
    }
    tell("Started", "Started", pod, node.name, world)
  }

  /// Ends or starts again what keeps ending.
  private func advance(
    _ pod: StoredObject,
    _ node: String,
    _ now: Date,
    _ pace: Double,
    _ world: World
  ) {
    guard CrashLoop.isDue(pod, at: now, pace: pace) else { return }
    world.change(pod) { value in
      CrashLoop.advance(&value, at: now, timestamp: world.timestamp, pace: pace)
    }
    let isWaiting =
      pod.value[path: "status", "containerStatuses"]?[0]?[path: "state", "running"] != nil
    if isWaiting {
      tell("BackOff", "Back-off restarting failed", pod, node, world, isWarning: true)
    } else {
      tell("Started", "Started", pod, node, world)
    }
  }

  private func tell(
    _ reason: String,
    _ what: String,
    _ pod: StoredObject,
    _ node: String,
    _ world: World,
    isWarning: Bool = false
  ) {
    for container in pod.member("spec", "containers")?.arrayValue ?? [] {
      let name = container["name"]?.stringValue ?? ""
      let message = "\(what) container \(name)"
      world.tell(
        reason,
        message,
        of: pod,
        by: .kubelet(of: node),
        container: name,
        isWarning: isWarning
      )
    }
  }

  /// Writes the status of a Pod that runs and is ready.
  static func run(
    _ value: inout JSONValue,
    on node: StoredObject,
    address: String?,
    at timestamp: String
  ) {
    let time = JSONValue.string(timestamp)
    value[path: "status", "phase"] = "Running"
    value[path: "status", "hostIP"] = NodeReading.address(of: node)
    value[path: "status", "hostIPs"] = NodeReading.address(of: node).map { [["ip": $0]] }
    value[path: "status", "startTime"] = time
    if let address {
      value[path: "status", "podIP"] = .string(address)
      value[path: "status", "podIPs"] = [["ip": .string(address)]]
    }
    for type in ["PodScheduled", "Initialized", "ContainersReady", "Ready"] as [JSONValue] {
      Conditions.set(
        ["type": type, "status": "True", "lastProbeTime": .null],
        in: &value,
        at: timestamp
      )
    }
    let containers = value[path: "spec", "containers"]?.arrayValue ?? []
    value[path: "status", "containerStatuses"] = .array(
      containers.map { container in
        let image = container["image"]?.stringValue ?? ""
        return [
          "name": container["name"] ?? "main", "image": .string(image),
          "imageID": .string("\(image)@sha256:\(String(repeating: "a1", count: 32))"),
          "ready": true, "started": true, "restartCount": 0, "lastState": [:],
          "state": ["running": ["startedAt": time]],
        ]
      }
    )
  }
}
