import CCurl

/// The transfers that are under way; lives on the loop's thread.
struct Transfers {
  private let multi: MultiHandle
  private var running: [Transfer.ID: Transfer] = [:]
  private let clock = ContinuousClock()

  init(multi: MultiHandle) { self.multi = multi }

  mutating func start(_ transfer: Transfer) {
    do {
      try transfer.prepare(multi.sockets)
    } catch {
      return transfer.exchange.finish(.failure(error))
    }
    guard curl_multi_add_handle(multi.pointer, transfer.handle) == CURLM_OK else {
      return end(transfer, .failure(.malformedURL(transfer.request.url)))
    }
    running[transfer.id] = transfer
  }

  mutating func resume(_ id: Transfer.ID) {
    guard let transfer = running[id] else { return }
    transfer.noteActivity()
    curl_easy_pause(transfer.handle, kpatrol_pause_continue)
  }

  func limitSilence(of id: Transfer.ID, to limit: Duration) { running[id]?.idleLimit = limit }

  /// Ends a transfer early, and sees to it that the server hears of it.
  ///
  /// libcurl leaves the frame that resets an HTTP/2 stream in its buffer until something else is
  /// done on the connection: so another transfer there is made to look, and where there is none
  /// the connection is closed.
  mutating func cancel(_ id: Transfer.ID) {
    guard let transfer = running[id] else { return }
    _ = kpatrol_set_long(transfer.handle, CURLOPT_FORBID_REUSE, 1)
    end(id, .failure(.cancelled))
    let neighbour = running.values.first { $0.host == transfer.host && !$0.exchange.isPaused }
    guard let neighbour else { return }
    curl_easy_pause(neighbour.handle, kpatrol_pause_receiving)
    curl_easy_pause(neighbour.handle, kpatrol_pause_continue)
  }

  mutating func end(_ id: Transfer.ID, _ result: Result<Void, HTTPError>) {
    guard let transfer = running.removeValue(forKey: id) else { return }
    transfer.countReceived()
    curl_multi_remove_handle(multi.pointer, transfer.handle)
    end(transfer, result)
  }

  mutating func endAll() {
    for id in running.keys { end(id, .failure(.cancelled)) }
  }

  private func end(_ transfer: Transfer, _ result: Result<Void, HTTPError>) {
    transfer.release()
    transfer.exchange.finish(result)
  }

  /// Lets libcurl do what is to be done, or waits until something is.
  mutating func work() {
    var runningCount: CInt = 0
    curl_multi_perform(multi.pointer, &runningCount)
    handOver()
    takeFinished()
    endIdle()
    let hasIdleLimit = running.values.contains { $0.idleLimit != nil }
    curl_multi_poll(multi.pointer, nil, 0, hasIdleLimit ? 500 : 60_000, nil)
  }

  /// Gives the receivers what came in this round.
  private mutating func handOver() {
    for transfer in running.values where transfer.hasDelivered {
      transfer.hasDelivered = false
      transfer.countReceived()
      if transfer.exchange.handOver() { resume(transfer.id) }
    }
  }

  private mutating func takeFinished() {
    var remaining: CInt = 0
    while let message = curl_multi_info_read(multi.pointer, &remaining) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle else {
        continue
      }
      let code = kpatrol_message_result(message)
      guard let transfer = running.values.first(where: { $0.handle == handle }) else { continue }
      if code == CURLE_OPERATION_TIMEDOUT {
        leaveConnection(of: transfer, ifSilentFor: Self.doubt)
      }
      end(transfer.id, transfer.result(code))
    }
  }

  /// Ends the transfers that bring nothing although their receivers wait.
  private mutating func endIdle() {
    let now = clock.now
    for transfer in running.values {
      guard let limit = transfer.idleLimit, !transfer.exchange.isPaused,
        transfer.lastActivity.duration(to: now) > limit
      else { continue }
      let isAlive = !leaveConnection(of: transfer, ifSilentFor: min(limit, Self.doubt))
      end(
        transfer.id,
        .failure(.silent(host: transfer.host, limit: limit, isConnectionAlive: isAlive))
      )
    }
  }
}

// MARK: - Dead connections

extension Transfers {
  /// How long nothing may come over a connection before it may be dead, where there is a reason to
  /// think so.
  private static let doubt = Duration.seconds(10)

  /// Cuts the connections to a host over which nothing came lately.
  func leaveSilentConnections(to host: String) {
    for transfer in running.values where transfer.host == host {
      leaveConnection(of: transfer, ifSilentFor: Self.doubt)
    }
  }

  /// Cuts the connection of a transfer that should have brought something, unless it brought another
  /// one something: all that is on it then ends, and what comes next makes a new connection.
  ///
  /// Tells whether nothing else came over it.
  @discardableResult
  private func leaveConnection(of transfer: Transfer, ifSilentFor limit: Duration) -> Bool {
    guard let connection = transfer.connection else { return true }
    let end = clock.now - limit
    let isAlive = running.values.contains {
      $0.lastActivity > end && $0.host == transfer.host && $0.connection == connection
    }
    if !isAlive { multi.sockets.cut(connection) }
    return !isAlive
  }
}
