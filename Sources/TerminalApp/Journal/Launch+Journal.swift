import Healing
import Journal
import KubernetesObjects
import Monitoring

extension Launch {
  /// Answers what is asked of the journal.
  nonisolated static func read(
    _ effect: Effect,
    _ journal: JournalStore?,
    _ fleet: Fleet
  ) async -> Message? {
    guard let journal else {
      let problem = "Snapshots have no journal: nothing happens in them."
      guard case .loadJournal(let query) = effect else { return .notice(problem) }
      return .journal(JournalPage(problem: problem), for: query)
    }
    switch effect {
    case .loadJournal(let query):
      do throws(JournalProblem) {
        return .journal(JournalPage(entries: try await journal.entries(query)), for: query)
      } catch {
        let problem =
          "The journal cannot be read. \(error) Until then nothing is healed; watching goes on."
        return .journal(JournalPage(problem: problem), for: query)
      }
    case .loadJournalDetail(let entry):
      return .journalDetail(await detail(of: entry, in: journal), of: entry)
    case .proposeUndo(let id):
      do throws(JournalProblem) {
        guard let heal = try await journal.heal(id) else {
          return .notice("Heal \(id) is forgotten: it is too old.")
        }
        return .proposed([await fleet.proposal(toUndo: heal.undone)])
      } catch {
        return .notice("The journal cannot be read. \(error)")
      }
    case .proposeRest(let id):
      do throws(JournalProblem) {
        guard let batch = try await journal.batch(id) else {
          return .notice("Batch \(id.number) is forgotten: it is too old.")
        }
        guard batch.ended != nil || batch.program.isRunning == false else {
          return .notice("Batch \(id.number) is under way, or another machine's.")
        }
        guard !batch.open.isEmpty else {
          return .notice("Nothing of batch \(id.number) is left: \(batch.progress).")
        }
        return .proposed(await fleet.proposals(for: batch.open))
      } catch {
        return .notice("The journal cannot be read. \(error)")
      }
    default: return nil
    }
  }

  nonisolated private static func detail(
    of entry: JournalEntry,
    in journal: JournalStore
  ) async -> JournalDetail {
    do throws(JournalProblem) {
      if let id = entry.batchID {
        return try await journal.batch(id).map(JournalDetail.batch)
          ?? .failed("Batch \(id.number) is forgotten: it is too old.")
      }
      if let id = entry.healID {
        return try await journal.heal(id).map(JournalDetail.heal)
          ?? .failed("Heal \(id) is forgotten: it is too old.")
      }
      return try await journal.finding(entry.id).map(JournalDetail.finding)
        ?? .failed("Finding \(entry.id) is forgotten: it is too old.")
    } catch {
      return .failed("The journal cannot be read. \(error)")
    }
  }

  /// Keeps the journal while the screens are open, and says what was interrupted before.
  nonisolated static func keep(
    _ journal: JournalKeeper,
    of fleet: Fleet,
    say: @escaping @Sendable (Message) -> Void
  ) async {
    await withDiscardingTaskGroup { group in
      group.addTask {
        await journal.run(now: WallClock.system.now, sleep: WallClock.system.sleep) {
          say(.notice($0))
        }
      }
      group.addTask { await tellInterruptions(journal.store, fleet, say: say) }
    }
  }

  /// Looks for heals in the middle of which a program ended; says of each what the cluster has of it now,
  /// and writes that down.
  ///
  /// Nothing of them is done again: whoever reads it goes on from there.
  nonisolated static func tellInterruptions(
    _ journal: JournalStore,
    _ fleet: Fleet,
    say: @Sendable (Message) -> Void
  ) async {
    do throws(JournalProblem) {
      for heal in try await journal.interruptedHeals() {
        let states = await fleet.arrivals(of: heal.undone)
        let what = "Heal \(heal.id) was interrupted (\(heal.title), \(heal.cluster))"
        guard let states else {
          say(.notice("\(what). Open its context to see what the cluster has of it now."))
          continue
        }
        say(.notice("\(what). \(states)\(heal.afterInterruption) See :journal."))
        do throws(JournalFailure) {
          try await journal.noteInterruption(of: heal.id, states, at: WallClock.system.now())
        } catch {
          say(.notice("\(what). \(states) That cannot be written down: \(error.reason)"))
        }
      }
      for batch in try await journal.interruptedBatches() { await tell(batch, journal, say) }
    } catch {
      // Whoever keeps the journal says so.
    }
  }

  /// Says what of plans that were confirmed together was done, and how to go on; that is told once.
  nonisolated private static func tell(
    _ batch: BatchRecord,
    _ journal: JournalStore,
    _ say: @Sendable (Message) -> Void
  ) async {
    // What to do about it must be seen on 80 columns.
    let way = batch.open.isEmpty ? "" : "; n in :journal plans them"
    let what = "Batch \(batch.id.number) was interrupted: \(batch.progress)\(way)."
    say(.notice(what))
    do throws(JournalFailure) {
      let reason = "\(batch.program.place) ended first."
      try await journal.end(batch.id, reason, at: WallClock.system.now())
    } catch {
      say(.notice("\(what) That cannot be written down: \(error.reason)"))
    }
  }
}
