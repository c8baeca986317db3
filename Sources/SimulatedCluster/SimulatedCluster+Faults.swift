/// What tests let go wrong, and what they see of the requests.
extension SimulatedCluster {
  /// The latest requests, oldest first.
  package var requestLog: [LoggedRequest] { server.log.entries }

  package func clearRequestLog() { server.log.clear() }

  /// How many watches are open now.
  package var openWatches: Int { registry.store.watchers.count }

  /// Sends half a line on every open watch and cuts its connection.
  package func breakWatches() {
    for watcher in registry.store.watchers { watcher.breakOff() }
  }

  /// Forgets old versions as a compaction does: resuming a watch or a paged list from before answers 410.
  ///
  /// Watches that are open go on.
  package func forgetOldVersions() {
    registry.store.forgetHistory()
    server.listing.forgetPages()
  }

  /// Answers the next requests with a status instead of doing what they ask.
  package func refuseRequests(_ count: Int, status: Int, retryAfterSeconds: Int? = nil) {
    server.faults.refuse(count, status: status, retryAfterSeconds: retryAfterSeconds)
  }

  /// Lets every answer wait that long; `nil` ends that.
  package func delayAnswers(by delay: Duration?) {
    server.faults.delay(delay)
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
