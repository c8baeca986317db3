import Journal
import KubernetesObjects
package import Monitoring
package import TerminalKit

/// Connects the screens to the fleet and runs them.
@MainActor
package enum Launch {
  /// Shows the fleet, first one finding where that is named, on a display until the user ends the program, or a signal, which is answered.
  package static func run(
    _ fleet: Fleet,
    on display: any Display,
    with setUp: SetUp
  ) async -> Int32? {
    let (messages, continuation) = AsyncStream.makeStream(
      of: Message.self,
      bufferingPolicy: .bufferingNewest(64)
    )
    // What the screen waits for must not wait for what the clusters are busy with.
    let watching = Task(priority: .userInitiated) {
      for await _ in fleet.changes {
        continuation.yield(.stale)
        // However many clusters change, pages are loaded no more often than that.
        try? await Task.sleep(for: .milliseconds(50))
      }
    }
    let ticking = Task(priority: .userInitiated) {
      while (try? await Task.sleep(for: .seconds(1))) != nil {
        continuation.yield(.tick(WallClock.system.now()))
      }
    }
    if !setUp.usesMouse { display.useMouse(false) }
    let remembering = Task {
      guard let journal = setUp.journal else { return }
      await keep(journal, of: fleet) { continuation.yield($0) }
    }
    let following = Task { await setUp.notebook?.follow(fleet) { continuation.yield($0) } }
    let app = App(setUp, at: WallClock.system.now())
    let program = Program(app, on: display) { effect in
      await answer(to: effect, from: fleet, setUp, display)
    }
    var end = await program.run(messages: messages)
    watching.cancel()
    ticking.cancel()
    following.cancel()
    remembering.cancel()
    await remembering.value
    if let folder = setUp.stateFolder, setUp.kept != nil, let state = end.stateAtEnd() {
      _ = StateFile(inFolder: folder).save(state)
    }
    return end.endingSignal
  }

  nonisolated private static func saved(
    _ lines: [String],
    _ sort: SavedText.Sort,
    _ name: String,
    _ setUp: SetUp
  ) -> String {
    let now = WallClock.system.now()
    return SavedText.save(lines, sort, named: name, in: setUp.stateFolder, at: now)
  }

  nonisolated private static func answer(
    to effect: Effect,
    from fleet: Fleet,
    _ setUp: SetUp,
    _ display: any Display
  ) async -> Message? {
    switch effect {
    case .loadStatuses: return .statuses(await fleet.statuses())
    case .loadHistory: return .history(await fleet.pastHour())
    case .loadFindings(let query):
      return await fleet.findings(query).map { .findings($0, for: query) }
    case .loadMarks(let query):
      return .marked(await fleet.there(query), for: query)
    case .addNotes(let notes):
      guard let notebook = setUp.notebook else { return .notice(Notebook.nowhere) }
      return await notebook.add(notes, to: fleet, setUp.journal?.store)
    case .saveView(let name, let command):
      guard let notebook = setUp.notebook else { return .notice(Notebook.nowhere) }
      return notebook.saveView(name, command)
    case .loadDetail(let id): return .detail(await fleet.detail(of: id), for: id)
    case .loadCatalogue(let cluster):
      return .catalogue(await fleet.catalogue(ofCluster: cluster), ofCluster: cluster)
    case .loadRows(let query): return .rows(await fleet.resources(query), for: query)
    case .loadCells(let objects): return .cells(await fleet.cells(of: objects))
    case .loadColumn(let query, let isFirst):
      return .column(await fleet.loadColumn(query, isFirst: isFirst), of: query)
    case .loadObject(let object, let isRevealed):
      let answer = ObjectAnswer(await fleet.object(object, revealing: isRevealed))
      let now = WallClock.system.now()
      return .object(answer, at: now, for: object, isRevealed: isRevealed)
    case .loadFacts, .loadSurroundings, .loadEvents, .findOwner:
      return await look(effect, into: fleet)
    case .readLog(let request): return .log(await fleet.logNews(request), of: request.id)
    case .closeLog(let id):
      await fleet.closeLog(id)
      return nil
    case .openShell(let pod, let container):
      return await openShell(in: pod, container: container, fleet, setUp.programs, display)
    case .edit(let object): return await edit(object, fleet, setUp.programs, display)
    case .saveText(let name, let lines):
      return .notice(saved(lines, .log, name, setUp))
    case .tell(let text): return .notice(text)
    case .wait(let duration, let number):
      guard (try? await Task.sleep(for: duration)) != nil else { return nil }
      return .waited(number: number)
    case .loadVocabulary:
      let contents = await fleet.contents()
      let views = setUp.notebook?.views() ?? [:]
      return .vocabulary(Vocabulary(contents, themes: setUp.themes.names, views: views))
    case .useTheme(let name): return await use(name, from: setUp.themes, on: display)
    case .useMouse(let isUsed):
      await display.useMouse(isUsed)
      return nil
    case .suspend:
      await display.suspend()
      return nil
    case .redraw:
      await display.redraw()
      return nil
    case .save(let lines, let name):
      return .notice(saved(lines, .screen, name, setUp))
    case .keep(let state):
      let problem = setUp.stateFolder.flatMap { StateFile(inFolder: $0).save(state) }
      return problem.map(Message.notice)
    case .copy(let text, let what):
      let isCopied = await display.copy(PlainLines.of(text))
      return .notice(isCopied ? "Copied \(what)." : "Nothing is copied: \(what) is too long.")
    case .retry(let cluster):
      await fleet.retry(cluster)
      return .stale
    case .readDirectly(let cluster):
      await fleet.readDirectly(cluster)
      return .stale
    case .loadJournal, .loadJournalDetail, .proposeUndo, .proposeRest:
      return await read(effect, setUp.journal?.store, fleet)
    case .heal, .healAll, .abortHeal, .abortHeals, .propose, .proposeRemedies, .replan, .rehearse,
      .loadHeals, .proposeQueued, .loadQueue, .reject, .pauseHealing:
      return await heal(effect, with: fleet)
    }
  }

  /// Answers what is asked about one object.
  nonisolated private static func look(_ effect: Effect, into fleet: Fleet) async -> Message? {
    switch effect {
    case .loadFacts(let object):
      switch await fleet.object(object, revealing: false) {
      case .object(let whole): return .facts(.facts(ObjectFacts(whole)), for: object)
      case .failed(let reason): return .facts(.failed(reason), for: object)
      }
    case .loadSurroundings(let id, let cluster):
      let surroundings = await fleet.surroundings(of: id, in: cluster)
      return .surroundings(surroundings, at: WallClock.system.now(), of: id, cluster: cluster)
    case .loadEvents(let object): return .events(await fleet.events(about: object), about: object)
    case .findOwner(let object):
      let around = await fleet.surroundings(of: .object(object.key), in: object.cluster)
      guard let owner = around?.owner?.id.objectKey else {
        return .notice("Nobody owns \(object.key).")
      }
      return .open(ClusterObject(cluster: object.cluster, key: owner))
    default: return nil
    }
  }

  /// Shows everything in other colours from now on; says why where that cannot be.
  nonisolated private static func use(
    _ name: String,
    from themes: ThemeFolder,
    on display: any Display
  ) async -> Message? {
    do {
      let theme = try themes.theme(name)
      await display.use(theme)
      return .themed(name)
    } catch {
      return .notice(error.description)
    }
  }
}

extension ObjectAnswer {
  /// Written as YAML here, where nobody waits for it.
  fileprivate init(_ answer: WholeObject) {
    switch answer {
    case .object(let object): self = .text(ObjectText(object))
    case .failed(let reason): self = .failed(reason)
    }
  }
}
