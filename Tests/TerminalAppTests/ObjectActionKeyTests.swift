import ClusterGraph
import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Healing
@testable import Monitoring
@testable import TerminalApp

/// Keys that have objects changed: what they ask for, and of which objects.
@Suite struct ObjectActionKeyTests {
  private var screen = ResourcesDriver()
  private let rows = (1...5).map { Sample.row("cart-\($0)") }

  init() { screen.show(rows) }

  private func object(_ kind: String, _ group: String = "") -> ClusterObject {
    let key = ObjectKey(ObjectKind(kind, group: group), namespace: "shop", name: "x")
    return ClusterObject(cluster: "test", key: key)
  }

  @Test mutating func oneObjectIsTheSelectedOne() {
    screen.press("j")
    #expect(screen.press("ctrl-d") == [.propose(.delete(), [rows[1].id])])
    #expect(screen.press("e") == [.edit(rows[1].id)])
    #expect(screen.press("s") == [.openShell(rows[1].id, container: nil)])
  }

  @Test mutating func severalAreThoseThatAreMarked() {
    screen.press("space", "j", "space")
    #expect(screen.lines[2].hasSuffix("* 2 marked  5"))
    #expect(screen.lines[4].hasPrefix(" *"))
    #expect(screen.lines[6].hasPrefix(" *"))
    #expect(screen.press("ctrl-d") == [.propose(.delete(), [rows[0].id, rows[2].id])])
    screen.press("esc")
    #expect(screen.lines[2].hasSuffix(" 5") && !screen.lines[2].contains("marked"))
    #expect(screen.lines[1].hasPrefix("── Pods"))
  }

  @Test mutating func aRangeIsAskedForAndMarked() throws {
    screen.press("space", "G")
    let query = try #require(screen.press("ctrl-space").rows)
    #expect(query.offset == 0 && query.limit == 5)
    screen.driver.take(.rows(Sample.resources(rows), for: query))
    #expect(screen.lines[2].hasSuffix("* 5 marked  5"))
    screen.press("ctrl-\\", "ctrl-space")
    #expect(screen.lines[2].hasPrefix(" A range begins at a mark: space sets one."))
  }

  @Test mutating func whatWasMadeAnewIsAnotherObject() {
    screen.press("space")
    var anew = rows
    let old = rows[0].object
    anew[0] = ResourcesPage.Row(
      cluster: rows[0].cluster,
      object: ClusterRows.Row(
        key: old.key,
        uid: ObjectUID("another"),
        resourceVersion: "9",
        creationTimestamp: old.creationTimestamp,
        findings: nil
      )
    )
    screen.driver.take(.stale)
    screen.show(Sample.resources(anew))
    #expect(!screen.lines[2].contains("marked"))
  }

  @Test func eachKindIsRestartedInItsWay() {
    let workload = object("Deployment", "apps")
    #expect(Effect.restart([workload]) == .propose(.restart, [workload]))
    #expect(Effect.restart([object("Node")]) == .propose(.drain, [object("Node")]))
    guard case .tell = Effect.restart([object("Pod")]) else {
      Issue.record("A Pod is not restarted.")
      return
    }
    let job = object("CronJob", "batch")
    #expect(Effect.trigger([job]) == .propose(.trigger, [job]))
    #expect(Effect.trigger([workload]) == .tell("Only CronJobs are run."))
  }

  @Test func aSecretIsEditedWhereItsValuesAreSeen() {
    let secret = object("Secret")
    var screen = ObjectScreen(secret, tab: .yaml)
    guard case .perform(.tell(let text))? = screen.update(.key("e")).first else {
      Issue.record("It was edited unseen.")
      return
    }
    #expect(text == "A Secret is edited where its values are seen: y, then x, then e.")
    _ = screen.update(.key("x"))
    let answer = ObjectAnswer.text(ObjectText(["kind": "Secret"]))
    _ = screen.update(.object(answer, at: Sample.now, for: secret, isRevealed: true))
    guard case .perform(.edit(secret))? = screen.update(.key("e")).first else {
      Issue.record("It was not edited.")
      return
    }
  }

  @Test func onAnObjectKeysAreOfferedThatItsKindHas() {
    func keys(_ kind: String, _ group: String = "") -> Set<String> {
      Set(ObjectScreen(object(kind, group)).hints.filter(\.changes).map { $0.keys[0] })
    }
    #expect(keys("Pod") == ["s", "e", "ctrl-d"])
    #expect(keys("CronJob", "batch") == ["t", "e", "ctrl-d"])
    #expect(keys("Deployment", "apps") == ["r", "e", "ctrl-d"])
    #expect(keys("ConfigMap") == ["e", "ctrl-d"])
    // Where nothing is restarted, the key reloads as ever.
    var screen = ObjectScreen(object("ConfigMap"), tab: .yaml)
    guard case .perform(.loadObject)? = screen.update(.key("r")).first else {
      Issue.record("It was not loaded again.")
      return
    }
  }

  @Test mutating func aPlanThatCannotBeMadeSaysWhy() {
    screen.driver.take(.proposed([.unavailable("It is a static Pod.")]))
    let effects = screen.driver.take(.proposed([.unavailable("It is a static Pod.")]))
    #expect(effects == [.tell("It is a static Pod.")])
  }
}
