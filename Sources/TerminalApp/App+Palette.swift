import KubernetesObjects
import Monitoring
import TerminalKit

/// The command line, which every screen has.
extension App {
  mutating func openPalette(with text: String = "") -> [Effect] {
    palette = Palette(vocabulary, history: commandHistory, text: text)
    return [.loadVocabulary]
  }

  /// Takes in what there is to name by now.
  mutating func take(_ vocabulary: Vocabulary) -> [Effect] {
    self.vocabulary = vocabulary
    guard var open = palette else { return [] }
    return take(open.take(vocabulary), of: open)
  }

  mutating func handleInPalette(_ key: Key) -> [Effect] {
    guard var open = palette else { return [] }
    return take(open.handle(key), of: open)
  }

  private mutating func take(_ outcome: Palette.Outcome, of open: Palette) -> [Effect] {
    switch outcome {
    case .stays:
      palette = open
      return []
    case .leaves:
      palette = nil
      return []
    case .runs(let command):
      palette = nil
      commandHistory = open.history
      return run(command)
    }
  }

  /// Runs a command that was kept; says why where that cannot be.
  mutating func run(_ text: String) -> [Effect] {
    do {
      return run(try CommandParser(vocabulary: vocabulary).parse(text))
    } catch {
      tell("\(text): \(error)")
      return []
    }
  }

  mutating func run(_ command: Command) -> [Effect] {
    switch command {
    case .resources(let scope): return show(scope)
    case .findings(nil, "", .none):
      return leave(screens.count - 1) + refresh()
    case .findings(let cluster, let filter, let grouping):
      let screen = FindingsScreen(cluster: cluster, filter: filter, grouping: grouping)
      return perform([.push(screen)])
    case .dangling(let cluster, let filter, let grouping):
      let screen = FindingsScreen.dangling(cluster: cluster, filter: filter, grouping: grouping)
      return perform([.push(screen)])
    case .queue: return perform([.push(HealQueueScreen())])
    case .views: return perform([.push(ViewsScreen(vocabulary.views))])
    case .saveView(let name):
      guard let command = screens.last?.command else {
        tell("This screen is no view that could be kept: lists are.")
        return []
      }
      return [.saveView(name: name, command: command)]
    case .deleteView(let name): return [.saveView(name: name, command: nil)]
    case .checks(let cluster, let filter):
      return perform([.push(CatalogueScreen(cluster: cluster, filter: filter))])
    case .journal(let cluster, let filter):
      return perform([.push(JournalScreen(cluster: cluster, filter: filter))])
    case .clusters:
      guard !(screens.last is ClustersScreen) else { return [] }
      return perform([.push(ClustersScreen(statuses))])
    case .pulse:
      guard !(screens.last is PulseScreen) else { return [] }
      return perform([.push(PulseScreen(statuses))])
    case .cluster(let name):
      if screens.last is CatalogueScreen {
        return perform([.push(CatalogueScreen(cluster: name))])
      }
      guard var scope = (screens.last as? ResourcesScreen)?.scope else {
        return perform([.push(FindingsScreen(cluster: name))])
      }
      scope.cluster = name
      return show(scope)
    case .namespace(let name):
      let pods = vocabulary.resource(named: "pods").map { ResourceScope($0) }
      let shown = (screens.last as? ResourcesScreen)?.scope
      guard var scope = shown?.resource.isNamespaced == true ? shown : pods else { return [] }
      scope.namespace = name
      return show(scope)
    case .aliases:
      guard !(screens.last is AliasesScreen) else { return [] }
      return perform([.push(AliasesScreen(vocabulary))])
    case .theme(let name): return [.useTheme(name)]
    case .help: return showHelp() ?? []
    case .copy:
      let text = lines.joined(separator: "\n")
      return [.copy(text, what: "the text of this screen")]
    case .log:
      guard !(screens.last is LogScreen) else { return [] }
      return perform([.push(LogScreen(log))])
    case .mouse:
      usesMouse.toggle()
      tell(
        usesMouse ? "The mouse is KPatrol's." : "The mouse is the terminal's; :mouse takes it back."
      )
      return [.useMouse(usesMouse)]
    case .suspend: return [.suspend]
    case .quit: return perform([.quit])
    }
  }

  private mutating func show(_ scope: ResourceScope) -> [Effect] {
    // Who asks for what is on the screen has it.
    if (screens.last as? ResourcesScreen)?.scope == scope { return [] }
    let screen = ResourcesScreen(
      scope,
      namespaces: vocabulary.contents.namespaces,
      clusterCount: statuses.count
    )
    return perform([.push(screen)])
  }
}
