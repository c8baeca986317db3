import CCurl

/// libcurl's multi handle.
///
/// `@unchecked Sendable`: only `wakeUp()` is called from other threads, which libcurl allows.
final class MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer
  /// Those of the connections, which are this handle's and last longer than their transfers.
  let sockets = Sockets()

  private static let isReady: Bool = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  init() {
    guard Self.isReady, let pointer = curl_multi_init() else {
      preconditionFailure("libcurl cannot be initialised.")
    }
    self.pointer = pointer
    _ = kpatrol_multi_set_long(pointer, CURLMOPT_PIPELINING, kpatrol_multiplex)
    _ = kpatrol_multi_set_long(pointer, CURLMOPT_MAX_CONCURRENT_STREAMS, 1000)
  }

  deinit { curl_multi_cleanup(pointer) }

  func wakeUp() { curl_multi_wakeup(pointer) }
}
