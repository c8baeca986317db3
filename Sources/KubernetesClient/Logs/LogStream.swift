import HTTP
package import KubernetesObjects

/// What of a container's log is asked for.
package struct LogOptions: Sendable, Hashable {
  /// Where it begins.
  package enum Start: Sendable, Hashable {
    /// With so many of the last lines.
    case tail(Int)
    /// With the first line that there still is.
    case beginning
    /// With what was written so many seconds ago.
    case seconds(Int)
    /// With what was written then; servers look at whole seconds.
    case time(Timestamp)
  }

  package var container: String
  package var start: Start
  /// The run before the present one.
  package var isPrevious: Bool
  /// Whether lines to come are wanted, too.
  package var follows: Bool
  /// After how many bytes the server may end.
  package var limitBytes: Int?

  package init(
    container: String,
    start: Start,
    isPrevious: Bool = false,
    follows: Bool = false,
    limitBytes: Int? = nil
  ) {
    self.container = container
    self.start = start
    self.isPrevious = isPrevious
    self.follows = follows
    self.limitBytes = limitBytes
  }

  var query: String {
    var query = Query()
    query.add("container", container)
    query.add("timestamps", "true")
    if follows { query.add("follow", "true") }
    if isPrevious { query.add("previous", "true") }
    switch start {
    case .tail(let count): query.add("tailLines", String(count))
    case .beginning: break
    case .seconds(let seconds): query.add("sinceSeconds", String(seconds))
    case .time(let time): query.add("sinceTime", time.rfc3339)
    }
    if let limitBytes { query.add("limitBytes", String(limitBytes)) }
    return query.text
  }
}

/// The lines of a container's log, as they come.
package struct LogStream: Sendable {
  private let body: AnswerBody
  private var framer = LogLineFramer()
  private var hasEnded = false

  init(_ body: AnswerBody) { self.body = body }

  /// Waits for the next lines: all that the next bytes complete.
  ///
  /// - Returns: `nil` at the clean end of the log.
  package mutating func next() async throws(KubernetesError) -> [LogLine]? {
    while !hasEnded {
      if let chunk = try await body.nextChunk() {
        framer.append(chunk)
      } else {
        hasEnded = true
        framer.finish()
      }
      let lines = framer.takeLines()
      if !lines.isEmpty { return lines.map { LogLine($0) } }
    }
    return nil
  }
}

extension KubernetesClient {
  /// How much of a log may wait for its reader, in bytes.
  private static let logBuffer = 64 << 10

  /// Asks for the log of one of a Pod's containers.
  package func log(
    of pod: ObjectKey,
    _ resource: APIResource,
    _ options: LogOptions
  ) async throws(KubernetesError) -> LogStream {
    let path = resource.path(namespace: pod.namespace, name: pod.name, subresource: "log")
    var request = request(.get, path + options.query, accept: "*/*")
    request.timeouts.total = nil
    // A container may have nothing to say for days.
    if options.follows { request.timeouts.idle = nil }
    request.maximumBufferedBytes = Self.logBuffer
    // A connection of its own, where TCP holds back what nobody reads.
    request.isBulky = true
    return LogStream(try await body(request))
  }
}
