import EventDelivery
import Foundation
import HTTP
import Healing
import Journal
import Monitoring
import Synchronization
import UserConfiguration

/// The events of a terminal: those of heals, and of findings where the configuration wants it.
struct TerminalEvents {
  /// How many sentences are kept until the screen is free.
  private static let sentenceLimit = 5

  private let delivery: EventDelivery
  private let tellsFindings: Bool
  private let sentences = Sentences()

  /// What was to be said while screens were open.
  private final class Sentences: Sendable {
    private let all = Mutex<[String]>([])

    func add(_ sentence: String) {
      all.withLock { all in
        guard !all.contains(sentence) else { return }
        all = (all + [sentence]).suffix(TerminalEvents.sentenceLimit)
      }
    }

    var text: String { all.withLock { $0.map { "kpatrol: \($0)\n" }.joined() } }
  }

  /// `nil` where nobody names a sink.
  init?(
    _ configuration: ConfigurationFile,
    _ folder: String?,
    _ eventLoop: EventLoop,
    _ environment: [String: String]
  ) throws {
    let settings = configuration.settings.events
    let delivery = try EventDelivery.delivery(
      settings,
      folder: folder,
      on: eventLoop,
      environment: environment,
      say: { [sentences] in sentences.add($0) }
    )
    guard let delivery else { return nil }
    self.delivery = delivery
    tellsFindings = settings.isFromTerminals
  }

  /// What is told as findings come and go.
  var follower: (any FindingsFollower)? { tellsFindings ? delivery : nil }

  func telling(_ journal: JournalStore?) -> (any HealMemory)? {
    journal.map { TellingJournal($0, delivery) }
  }

  /// Tells until the task is cancelled, when the screen is free to say what went wrong.
  func run(following fleet: Fleet) async {
    await delivery.run(following: tellsFindings ? fleet : nil)
    FileHandle.standardError.write(Data(sentences.text.utf8))
  }
}
