/// The logs that somebody reads.
actor LogReader {
  private var sessions: [UInt64: LogSession] = [:]
  /// What was closed is not begun again by who asked before and is heard after.
  private var closed: Set<UInt64> = []

  /// Waits for what came of a request since the last time; begins with it where it is a new one.
  func next(_ request: LogRequest, of monitor: ClusterMonitor) async -> LogNews? {
    guard !closed.contains(request.id) else { return nil }
    let session = sessions[request.id] ?? LogSession(request, of: monitor)
    sessions[request.id] = session
    return await session.next()
  }

  func close(_ id: UInt64) async {
    closed.insert(id)
    await sessions.removeValue(forKey: id)?.close()
  }
}

extension Fleet {
  /// Waits for what came of some logs since the last time; `nil` where nothing will.
  package nonisolated func logNews(_ request: LogRequest) async -> LogNews? {
    guard let monitor = await readableMonitor(of: request.object.cluster) else {
      return nil
    }
    return await logs.next(request, of: monitor)
  }

  /// Ends reading some logs.
  package nonisolated func closeLog(_ id: UInt64) async { await logs.close(id) }
}
