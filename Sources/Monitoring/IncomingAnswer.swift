package import CloudEvents
import RemoteChecks

/// What a service has against one object, as it came without having been asked for just then.
///
/// It is all that the service has against the object. That none of it is told on is sure by the types of events:
/// what comes in is of a type that nobody here sends.
struct IncomingAnswer: Sendable {
  /// What became of it.
  enum Fate: Sendable, Equatable {
    case taken
    /// The object is another one by now, or gone, or there was an answer about a later version.
    case late
    /// The cluster is not known yet: it may come again.
    case notYet
    case unusable(String)
  }

  /// The event of a change that is answered, by its id: the object's uid and version.
  struct Cause: Sendable, Equatable {
    let uid: String
    /// `nil` where versions cannot be compared.
    let version: UInt64?

    init?(_ id: String?) {
      guard let id, let dot = id.lastIndex(of: ".") else { return nil }
      uid = String(id[..<dot])
      version = UInt64(id[id.index(after: dot)...])
    }
  }

  /// The remote check's name.
  let check: String
  /// The cluster; `nil` where the events do not name it.
  let cluster: String?
  let subject: String
  let cause: Cause?
  fileprivate(set) var events: ReadEvents

  fileprivate init(_ event: CloudEvent) throws(EventProblem) {
    guard event.type == RemoteAnswers.eventType else {
      throw EventProblem("an event of another type than \(RemoteAnswers.eventType)")
    }
    guard let subject = event.subject, !subject.isEmpty else {
      throw EventProblem("an event without a subject")
    }
    let named = event.extensions["check"] ?? event.source
    guard let check = named.split(separator: "/").last else {
      throw EventProblem("an event whose source names no check")
    }
    self.check = String(check)
    cluster = event.extensions["cluster"]
    self.subject = subject
    cause = Cause(event.extensions["causationid"])
    events = ReadEvents()
    events.events = [event]
  }

  /// Whether two are parts of one answer.
  private func isAbout(theSameAs other: IncomingAnswer) -> Bool {
    check == other.check && cluster == other.cluster && subject == other.subject
      && cause == other.cause
  }

  /// Puts together what one message says of each object; answers with what could not be used.
  static func answers(_ read: ReadEvents) -> (answers: [IncomingAnswer], problems: [String]) {
    var answers: [IncomingAnswer] = []
    var problems = read.problem.map { [$0.description] } ?? []
    for event in read.events {
      do throws(EventProblem) {
        let answer = try IncomingAnswer(event)
        if let last = answers.last, last.isAbout(theSameAs: answer) {
          answers[answers.count - 1].events.events.append(event)
        } else {
          answers.append(answer)
        }
      } catch {
        problems.append(error.description)
      }
    }
    return (answers, problems)
  }
}

/// What became of a message with findings.
package struct IncomingOutcome: Sendable, Equatable {
  package var taken = 0
  package var late = 0
  /// Whether some may come again, for a cluster is not known yet.
  package var isTooEarly = false
  /// Why others could not be used.
  package var problems: [String] = []

  package init() {}
}

extension Fleet {
  /// Takes findings that services tell about objects, whose changes they were told of by others.
  package func takeIncoming(_ read: ReadEvents) async -> IncomingOutcome {
    let (answers, problems) = IncomingAnswer.answers(read)
    var outcome = IncomingOutcome()
    outcome.problems = problems
    for answer in answers {
      let named = monitors.filter { $0.name == answer.cluster }
      // Who follows one cluster knows which is meant.
      let meant = answer.cluster == nil && monitors.count == 1 ? monitors : named
      guard let monitor = meant.first else {
        outcome.problems.append("the attribute cluster names none that is followed here")
        continue
      }
      switch await monitor.take(answer) {
      case .taken: outcome.taken += 1
      case .late: outcome.late += 1
      case .notYet: outcome.isTooEarly = true
      case .unusable(let reason): outcome.problems.append(reason)
      }
    }
    return outcome
  }
}
