import CCurl
import Synchronization

/// The threads that own all transfers of libcurl; they end with the last reference to this.
///
/// Bulky transfers, which go over HTTP/1.1, have a thread and connections apart: libcurl takes what
/// one connection to a host speaks for what all of them do, and would no longer put several streams
/// on one.
package final class EventLoop: Sendable {
  private let core = EventLoopCore()
  private let bulkCore = EventLoopCore()

  package init() {
    for core in [core, bulkCore] { LoopThread.start { core.run() } }
  }

  deinit { shutdown() }

  /// Ends all transfers with ``HTTPError/cancelled``; later requests end the same way.
  package func shutdown() {
    core.stop()
    bulkCore.stop()
  }

  func perform(_ command: EventLoopCore.Command) {
    if case .start(let transfer) = command {
      (transfer.request.isBulky ? bulkCore : core).perform(command)
    } else {
      // Each ignores what is about a transfer that it does not have.
      core.perform(command)
      bulkCore.perform(command)
    }
  }
}

/// What the loop's thread and its users share.
final class EventLoopCore: Sendable {
  enum Command: Sendable {
    case start(Transfer)
    case cancel(Transfer.ID)
    /// The receiver of a paused transfer has room again.
    case resume(Transfer.ID)
    /// From now on a transfer may bring nothing for so long.
    case limitSilence(Transfer.ID, Duration)
    /// Connections to a host that may be dead are left.
    case leaveSilentConnections(host: String)
  }

  private struct Inbox {
    var commands: [Command] = []
    var isStopped = false
  }

  private let inbox = Mutex(Inbox())
  private let multi = MultiHandle()

  func stop() {
    inbox.withLock { $0.isStopped = true }
    multi.wakeUp()
  }

  func perform(_ command: Command) {
    let isStopped = inbox.withLock { inbox in
      if !inbox.isStopped { inbox.commands.append(command) }
      return inbox.isStopped
    }
    if !isStopped {
      multi.wakeUp()
    } else if case .start(let transfer) = command {
      transfer.exchange.finish(.failure(.cancelled))
    }
  }

  /// The life of the thread: commands, then what libcurl has to do, until stopped.
  func run() {
    var transfers = Transfers(multi: multi)
    while true {
      let (commands, isStopped) = inbox.withLock { inbox in
        defer { inbox.commands = [] }
        return (inbox.commands, inbox.isStopped)
      }
      for command in commands {
        switch command {
        case .start(let transfer): transfers.start(transfer)
        case .cancel(let id): transfers.cancel(id)
        case .resume(let id): transfers.resume(id)
        case .limitSilence(let id, let limit): transfers.limitSilence(of: id, to: limit)
        case .leaveSilentConnections(let host): transfers.leaveSilentConnections(to: host)
        }
      }
      guard !isStopped else { return transfers.endAll() }
      transfers.work()
    }
  }
}
