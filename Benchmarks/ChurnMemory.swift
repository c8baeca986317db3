import CMalloc
import Checks
import KubernetesObjects
import Monitoring
import ObjectBuilders
import Synchronization
import WireFormats

/// Whether memory grows while a cluster changes for long: Pods come, change and go under ever new names.
struct ChurnMemory: Benchmark {
  let size: ClusterSize
  let eventCount: Int

  var title: String { "growth of memory over \(eventCount) events" }

  /// How often memory is looked at.
  private static let parts = 10
  /// How many parts it takes until histories and pools are full.
  private static let settlingParts = 2

  func run() async throws -> [Measurement] {
    malloc_trim(0)
    let recorded = try RecordedPods()
    var pods: [ObjectSnapshot] = []
    for first in stride(from: 0, to: size.pods, by: BigGraph.pageSize) {
      let page = first..<min(first + BigGraph.pageSize, size.pods)
      pods += try recorded.records(in: page, nodes: size.nodes)
    }
    let lives = PodLives(recorded, after: size)
    let samples = Mutex<[Int]>([])
    let (eventCount, part) = (eventCount, eventCount / Self.parts)
    let replay = Replay(nodeCount: size.nodes, pods: pods) { number in
      if number % part == 0 {
        let bytes = (try? ProcessUsage.ofThisProcess())?.residentBytes ?? 0
        samples.withLock { $0.append(bytes) }
      }
      return number < eventCount ? lives.event(number) : nil
    }
    pods = []
    let monitor = ClusterMonitor(
      source: replay,
      options: MonitorOptions(checks: Catalogue.checks),
      clock: replay.clock
    )
    let running = Task { await monitor.run() }
    let seconds = try await replay.cpuSeconds(of: monitor)
    running.cancel()
    await running.value
    let megabytes = samples.withLock { $0.map { Double($0) / 1e6 } }
    let (settled, last) = (megabytes[Self.settlingParts], megabytes[megabytes.count - 1])
    return [
      Measurement(
        title: title,
        setting:
          "what is resident of this process after all events, beside that after a fifth of them; "
          + "\(size.nodes) Nodes, \(size.pods) Pods, a quarter of the events each creations and deletions",
        value: (last / settled - 1) * 100,
        unit: "%",
        target: .under(2),
        comparison: "MB at the start and after each tenth: "
          + megabytes.map { $0.formatted() }.joined(separator: " "),
        note: "\((seconds / Double(eventCount) * 1e6).formatted()) µs an event"
      )
    ]
  }
}

/// The events of Pods that are created, change twice and are deleted, one after the other in so many places.
private struct PodLives: Sendable {
  private static let places = 1_000
  /// Where the number of a life stands in what was written once.
  private static let mark = Array("99999999".utf8)

  /// What a Pod says of itself at a place, with what is to be replaced by the number of its life.
  private struct Template: Sendable {
    let bytes: [UInt8]
    let marks: [Int]

    init(_ pod: JSONValue) {
      bytes = pod.encoded()
      marks = bytes.ranges(of: PodLives.mark).map(\.lowerBound)
      precondition(marks.count == 2, "The mark stands in the name and in the uid alone.")
    }

    func event(_ type: String, life: Int) -> [UInt8] {
      var event = Array(#"{"type":"\#(type)","object":"#.utf8)
      let start = event.count
      event += bytes
      event.append(UInt8(ascii: "}"))
      for mark in marks {
        var rest = life
        for position in (0..<PodLives.mark.count).reversed() {
          event[start + mark + position] = UInt8(ascii: "0") + UInt8(rest % 10)
          rest /= 10
        }
      }
      return event
    }
  }

  private let running: [Template]
  private let moved: [Template]

  init(_ recorded: RecordedPods, after size: ClusterSize) {
    let pods = (0..<Self.places).map { place in
      let number = size.pods + place
      var pod = recorded.object(number, nodes: size.nodes)
      let mark = String(decoding: Self.mark, as: UTF8.self)
      pod[path: "metadata", "name"] = .string("\(RecordedPods.workload(number))-\(mark)")
      pod[path: "metadata", "uid"] = .string("6b960bcf-070b-419e-a0f0-0000\(mark)")
      return pod
    }
    running = pods.map(Template.init)
    moved = pods.enumerated().map { place, pod in
      var pod = pod
      pod.podIP = RecordedPods.address(size.pods + Self.places + place)
      return Template(pod)
    }
  }

  /// A Pod's life takes four events, and all places take their turns.
  func event(_ number: Int) -> [UInt8] {
    let round = number / Self.places
    let (life, place) = (round / 4 * Self.places + number % Self.places, number % Self.places)
    return switch round % 4 {
    case 0: running[place].event("ADDED", life: life)
    case 1: moved[place].event("MODIFIED", life: life)
    case 2: running[place].event("MODIFIED", life: life)
    default: running[place].event("DELETED", life: life)
    }
  }
}
