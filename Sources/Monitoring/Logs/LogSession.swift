import Healing
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Reads the logs of a Pod, or of the Pods of a workload, for one who looks at them.
///
/// What came waits until the reader takes it; beyond a bound its containers wait, and so do their servers.
actor LogSession {
  /// How many Pods are read at once.
  static let mostPods = 12
  /// How many containers are told of, those of Pods that a rollout has replaced included.
  private static let mostSources = 100
  /// How much waits for the reader.
  private static let mostWaiting = (entries: 4000, bytes: 1 << 20)
  /// How long what comes is gathered, so that the lines of several containers are put in order.
  private static let gathering = Duration.milliseconds(60)
  /// How often it is looked whether a workload has other Pods.
  private static let podInterval = Duration.seconds(5)
  private static let pauseOfFull = Duration.milliseconds(20)

  private let request: LogRequest
  private let monitor: ClusterMonitor
  private var waiting = LogNews()
  private var waitingBytes = 0
  private var hasNews = false
  /// The last time of a line of each container, by which notes about it are put in order.
  private var lastTimes: [LogSource: LogTime] = [:]
  private var running: Task<Void, Never>?
  private let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  init(_ request: LogRequest, of monitor: ClusterMonitor) {
    self.request = request
    self.monitor = monitor
    (signals, signal) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
  }

  /// Waits for what came since the last time; `nil` where the task is cancelled or the session closed.
  func next() async -> LogNews? {
    if running == nil { running = Task { await self.read() } }
    while !hasNews {
      var isOpen = false
      for await _ in signals {
        isOpen = true
        break
      }
      guard isOpen, !Task.isCancelled else { return nil }
    }
    try? await Task.sleep(for: Self.gathering)
    var news = waiting
    news.entries = Self.inOrder(news.entries)
    (waiting.entries, waitingBytes, hasNews) = ([], 0, false)
    return news
  }

  func close() {
    running?.cancel()
    signal.finish()
  }

  /// Sorts by time; what has none follows what came before it.
  private static func inOrder(_ entries: [LogEntry]) -> [LogEntry] {
    var last = LogTime(nanosecondsSince1970: .min)
    let timed = entries.enumerated().map { index, entry in
      last = entry.time ?? last
      return (last, index)
    }
    return timed.sorted { $0 < $1 }.map { entries[$0.1] }
  }

  // MARK: - Reading

  private func read() async {
    await withDiscardingTaskGroup { group in
      var known: Set<ObjectKey> = []
      repeat {
        let pods = await monitor.pods(of: request.object.key)
        notePods(pods, areFirst: known.isEmpty)
        for pod in pods.prefix(Self.mostPods) where known.insert(pod).inserted {
          group.addTask { await self.read(pod) }
        }
        guard request.object.key.kind != Pod.kind, request.follows else { break }
      } while (try? await Task.sleep(for: Self.podInterval)) != nil
    }
    guard !Task.isCancelled else { return }
    waiting.isComplete = true
    tell()
  }

  private func notePods(_ pods: [ObjectKey], areFirst: Bool) {
    if pods.count != waiting.podCount {
      waiting.podCount = pods.count
      tell()
    }
    if areFirst, pods.isEmpty {
      add([LogEntry(note: "\(request.object.key) has no Pods.", at: nil)])
    }
  }

  /// Reads the containers of a Pod that are wanted.
  private func read(_ pod: ObjectKey) async {
    guard let resource = await monitor.resource(of: Pod.kind) else {
      return add([LogEntry(note: "\(monitor.name) serves no Pods.", at: nil)])
    }
    let whole: JSONValue
    do {
      whole = try await monitor.source.object(pod, of: resource)
    } catch {
      return add([LogEntry(note: "\(pod.qualifiedName): \(error.description)", at: nil)])
    }
    let containers = PodContainers(whole)
    for name in containers.names where !waiting.containers.contains(name) {
      waiting.containers.append(name)
    }
    let wanted = containers.wanted(request.containers)
    if wanted.isEmpty {
      add([LogEntry(note: "\(pod.qualifiedName) has no such container.", at: nil)])
    }
    let sources = wanted.map { LogSource(pod: pod, container: $0) }
    waiting.sources = (waiting.sources + sources).suffix(Self.mostSources)
    tell()
    await withDiscardingTaskGroup { group in
      for source in sources {
        group.addTask { await self.read(source, resource) }
      }
    }
  }

  private nonisolated func read(_ source: LogSource, _ resource: APIResource) async {
    let options = request.options(of: source.container)
    await monitor.source.readLog(of: source.pod, resource, options) { event in
      await self.take(event, of: source)
      while await self.isFull {
        guard (try? await Task.sleep(for: Self.pauseOfFull)) != nil else { return }
      }
    }
  }

  private var isFull: Bool {
    waiting.entries.count > Self.mostWaiting.entries || waitingBytes > Self.mostWaiting.bytes
  }

  private func take(_ event: LogEvent, of source: LogSource) {
    switch event {
    case .lines(let lines):
      lastTimes[source] = lines.last?.time ?? lastTimes[source]
      add(lines.map { LogEntry($0, of: source) })
    case .interrupted(let reason): note("no log for now: \(reason)", source)
    case .resumed: note("the log goes on where it broke off", source)
    case .containerEnded: note("the container has ended; its next run will follow", source)
    case .completed: break
    case .failed(let reason): note("no log: \(reason)", source)
    }
  }

  private func note(_ text: String, _ source: LogSource) {
    add([LogEntry(note: text, at: lastTimes[source], about: source)])
  }

  private func add(_ entries: [LogEntry]) {
    waiting.entries += entries
    waitingBytes += entries.reduce(0) { $0 + $1.text.utf8.count }
    tell()
  }

  private func tell() {
    hasNews = true
    signal.yield()
  }
}

/// The containers of a Pod, as its API server has it.
struct PodContainers {
  private static let annotation = "kubectl.kubernetes.io/default-container"

  /// Init containers first, as they run.
  let names: [String]
  private let standard: String?

  init(_ pod: JSONValue) {
    func names(_ member: String) -> [String] {
      (pod[path: "spec", member]?.arrayValue ?? []).compactMap { $0["name"]?.stringValue }
    }
    let usual = names("containers")
    self.names = names("initContainers") + usual + names("ephemeralContainers")
    let named = pod[path: "metadata", "annotations", Self.annotation]?.stringValue
    standard = named.flatMap { usual.contains($0) ? $0 : nil } ?? usual.first
  }

  func wanted(_ choice: LogRequest.Containers) -> [String] {
    switch choice {
    case .standard: standard.map { [$0] } ?? []
    case .all: names
    case .named(let name): names.filter { $0 == name }
    }
  }
}
