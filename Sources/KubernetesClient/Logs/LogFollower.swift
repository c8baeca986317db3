package import KubernetesObjects

/// What becomes of a log that is read.
package enum LogEvent: Sendable, Equatable {
  case lines([LogLine])
  /// Nothing comes for this reason, and it is asked for again.
  case interrupted(String)
  /// What was interrupted goes on; no line is missing or comes twice.
  case resumed
  /// The container has ended; what another run of it writes will come.
  case containerEnded
  /// All is told.
  case completed
  /// Nothing will come, for this reason.
  case failed(String)
}

/// Where in a log its reader is, so that it goes on there after a break.
struct LogPosition: Sendable {
  private var last: LogTime?
  /// How many lines of the time `last` were delivered.
  private var countOfLast = 0
  /// How many lines of that time come once more; `nil` once what comes is new.
  private var repeated: Int?

  /// What to ask for after a break: a server goes back to a whole second, so that lines come again.
  func options(resuming options: LogOptions) -> LogOptions {
    guard let last else { return options }
    var options = options
    options.start = .time(last.timestamp)
    return options
  }

  /// Expects what was delivered already to come once more.
  mutating func resume() { repeated = last == nil ? nil : countOfLast }

  /// The lines that were not delivered yet.
  mutating func admit(_ lines: [LogLine]) -> [LogLine] {
    lines.filter { line in
      guard let time = line.time else { return true }
      if let repeated, let last {
        guard time >= last else { return false }
        if time == last, repeated > 0 {
          self.repeated = repeated - 1
          return false
        }
        self.repeated = nil
      }
      // Two streams of one container may have their lines in another order than their times.
      guard last.map({ time > $0 }) ?? true else {
        if time == last { countOfLast += 1 }
        return true
      }
      (last, countOfLast) = (time, 1)
      return true
    }
  }
}

/// Follows the log of a container over breaks of the connection and ends of the container.
struct LogFollower: Sendable {
  let client: KubernetesClient
  let pod: ObjectKey
  let resource: APIResource
  let options: LogOptions

  private static let firstWait = Duration.seconds(1)
  private static let longestWait = Duration.seconds(15)

  /// Delivers what comes until the task is cancelled, or nothing can come any more; whoever takes it
  /// slowly slows the server.
  func run(_ deliver: @Sendable (LogEvent) async -> Void) async {
    var position = LogPosition()
    var wait = Self.firstWait
    /// What was told last of why nothing comes.
    var told: LogEvent?
    while !Task.isCancelled {
      var news: LogEvent
      do throws(KubernetesError) {
        position.resume()
        var stream = try await client.log(of: pod, resource, position.options(resuming: options))
        if case .interrupted = told {
          told = nil
          await deliver(.resumed)
        }
        while let lines = try await stream.next() {
          let new = position.admit(lines)
          guard !new.isEmpty else { continue }
          (wait, told) = (Self.firstWait, nil)
          await deliver(.lines(new))
        }
        guard options.follows else { return await deliver(.completed) }
        news = .containerEnded
      } catch {
        if error == .cancelled { return }
        guard options.follows, error.mayPass else {
          return await deliver(.failed(error.reasonForNoLog))
        }
        news = .interrupted(error.reasonForNoLog)
      }
      if news != told { await deliver(news) }
      told = news
      guard (try? await Task.sleep(for: wait)) != nil else { return }
      wait = min(wait * 2, Self.longestWait)
    }
  }
}

extension KubernetesError {
  /// Whether the same question may have another answer later.
  fileprivate var mayPass: Bool {
    switch self {
    // A container that waits to start is told as a bad request.
    case .unreachable, .silent, .throttled, .server, .invalid: true
    default: false
    }
  }

  /// Why there is no log, in the server's words where it says so.
  fileprivate var reasonForNoLog: String {
    switch self {
    case .invalid(let message), .notFound(let message): message
    default: description
    }
  }
}

extension KubernetesClient {
  /// Reads the log of one of a Pod's containers until the task is cancelled, or nothing more can come.
  ///
  /// Where it is followed, it goes on over breaks of the connection and ends of the container;
  /// `deliver` is awaited, so that a slow reader slows the server.
  package func readLog(
    of pod: ObjectKey,
    _ resource: APIResource,
    _ options: LogOptions,
    deliver: @Sendable (LogEvent) async -> Void
  ) async {
    await LogFollower(client: self, pod: pod, resource: resource, options: options).run(deliver)
  }
}
