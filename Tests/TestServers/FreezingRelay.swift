import Foundation
import Glibc
import Synchronization

/// A relay to a port of 127.0.0.1 whose connections can be made dead without a word: they stay open,
/// what is sent is acknowledged, and nothing goes through.
package final class FreezingRelay: Sendable {
  private struct State {
    var acceptedCount = 0
    var frozenCount = 0
  }

  package let port: UInt16
  private let listener: Int32
  private let destination: UInt16
  private let state = Mutex(State())

  package init(to destination: UInt16) throws {
    self.destination = destination
    (listener, port) = try Loopback.listen()
    Loopback.accept(from: listener) { [self] client in
      let number = state.withLock { state in
        state.acceptedCount += 1
        return state.acceptedCount
      }
      relay(client, number)
      close(client)
    }
  }

  /// How many connections there were so far.
  package var acceptedCount: Int { state.withLock(\.acceptedCount) }

  /// Lets nothing through any more over the connections that there are; later ones are alive.
  package func freeze() { state.withLock { $0.frozenCount = $0.acceptedCount } }

  package func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

  private func relay(_ client: Int32, _ number: Int) {
    guard let server = Loopback.connect(to: destination) else { return }
    defer { close(server) }
    let done = DispatchSemaphore(value: 0)
    Thread.detachNewThread { [self] in
      Loopback.copy(server, to: client) { isFrozen(number) || Loopback.write(client, $0) }
      done.signal()
    }
    Loopback.copy(client, to: server) { isFrozen(number) || Loopback.write(server, $0) }
    done.wait()
  }

  private func isFrozen(_ number: Int) -> Bool { state.withLock { number <= $0.frozenCount } }
}
