/// What tests let go wrong.
extension SimulatedCluster {
  /// A fault that was asked for, to take it back.
  package struct FaultID: Sendable, Hashable {
    let numbers: Set<Int>
  }

  /// Lets a fault strike the requests that match, from now on.
  @discardableResult
  package func inject(
    _ fault: Fault,
    on requests: RequestMatcher = .any,
    times: Int? = nil,
    probability: Double = 1
  ) -> FaultID {
    let rule = FaultRule(fault, on: requests, times: times, probability: probability)
    return FaultID(numbers: [server.faults.add(rule)])
  }

  /// Lets a fault strike new connections, from now on.
  @discardableResult
  package func inject(
    _ fault: ConnectionFault,
    times: Int? = nil,
    probability: Double = 1
  ) -> FaultID {
    let rule = ConnectionFaultRule(fault, times: times, probability: probability)
    return FaultID(numbers: [server.faults.add(rule)])
  }

  /// Lets all faults of a plan strike; the same plan and the same requests make the same faults.
  @discardableResult
  package func inject(_ plan: FaultPlan) -> FaultID {
    server.faults.reseed(plan.seed)
    let numbers = plan.rules.map { server.faults.add($0) }
    return FaultID(numbers: Set(numbers + plan.connectionRules.map { server.faults.add($0) }))
  }

  package func end(_ fault: FaultID) {
    server.faults.remove(fault.numbers)
  }

  package func endAllFaults() {
    server.faults.removeAll()
  }

  /// How often each kind of fault struck.
  package var faultCounts: [Fault.Kind: Int] { server.faults.counts }

  package func forgetFaultCounts() { server.faults.forgetCounts() }

  /// Answers the next requests with a status instead of doing what they ask.
  package func refuseRequests(_ count: Int, status: Int, retryAfterSeconds: Int? = nil) {
    inject(.status(status, retryAfterSeconds: retryAfterSeconds), times: count)
  }
}

/// What befalls the watches and connections that are open.
extension SimulatedCluster {
  /// How many watches are open now.
  package var openWatches: Int { registry.store.watchers.count }

  /// Sends half a line on every open watch and cuts its connection.
  package func breakWatches() {
    for watcher in registry.store.watchers { watcher.end(.inTheMiddle) }
  }

  /// Tells every open watch that its version is forgotten, and ends it.
  package func expireWatches() {
    for watcher in registry.store.watchers { watcher.end(.expired) }
  }

  /// Ends every open watch as if its time were over.
  package func endWatches() {
    for watcher in registry.store.watchers { watcher.end(.cleanly) }
  }

  /// Forgets old versions as a compaction does: resuming a watch or a paged list from before answers 410.
  ///
  /// Watches that are open go on.
  package func forgetOldVersions() {
    registry.store.forgetHistory()
    server.listing.forgetPages()
  }

  /// Resets every open connection.
  package func resetConnections() async {
    await service.resetConnections()
  }

  /// Sends GOAWAY on every HTTP/2 connection; its streams may end.
  package func announceEndOfConnections() async {
    await service.announceEnd()
  }

  /// Closes the port and every connection; time goes on.
  package func stopListening() async {
    await service.stop()
  }

  /// Listens on the same port again, with the same truth.
  package func listenAgain() async throws {
    try await service.start()
  }
}

/// What tests see of the requests.
extension SimulatedCluster {
  /// The latest requests, oldest first.
  package var requestLog: [LoggedRequest] { server.log.entries }

  package func clearRequestLog() { server.log.clear() }
}
