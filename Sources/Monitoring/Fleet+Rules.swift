import KubernetesObjects
import Rules

/// The rules of files, in all clusters.
extension Fleet {
  /// Reads the packs' files, and puts what they hold in force; to be called before anything runs, too.
  package func readRules() async {
    guard ruleLibrary?.refresh() == true, let library = ruleLibrary else { return }
    for monitor in monitors { await monitor.setRules(library.rules, faults: library.faults) }
  }

  /// Looks each second whether files have changed, and which rules cost too much.
  nonisolated func followRules() async {
    repeat {
      await readRules()
      for monitor in monitors { await monitor.judgeRules() }
    } while (try? await clock.sleep(.seconds(1))) != nil
  }
}
