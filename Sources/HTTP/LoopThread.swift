import CCurl
import Glibc

/// Starts a thread of its own, since libcurl's poll would block one of Swift's.
enum LoopThread {
  private final class Body: Sendable {
    let run: @Sendable () -> Void

    init(_ run: @escaping @Sendable () -> Void) { self.run = run }
  }

  static func start(_ run: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, CInt(PTHREAD_CREATE_DETACHED))
    let body = Unmanaged.passRetained(Body(run))
    let status = pthread_create(&thread, &attributes, Self.enter, body.toOpaque())
    precondition(status == 0, "No thread can be started (errno \(status)).")
  }

  /// Runs the body that the thread was started with.
  private static let enter: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? =
    {
      context in
      // Signals are the main thread's business.
      var signals = sigset_t()
      sigfillset(&signals)
      pthread_sigmask(SIG_BLOCK, &signals, nil)
      if let context { Unmanaged<Body>.fromOpaque(context).takeRetainedValue().run() }
      return nil
    }
}
