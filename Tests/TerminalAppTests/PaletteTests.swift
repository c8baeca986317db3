import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

@Suite struct PaletteTests {
  private var driver = AppDriver()

  init() { driver.show([Sample.finding(1)], [Sample.status()]) }

  private mutating func open(_ text: String) {
    driver.press(":")
    driver.take(.vocabulary(.sample))
    driver.type(text)
  }

  @Test mutating func itLiesOverTheScreenWithItsMatches() {
    #expect(driver.press(":") == [.loadVocabulary])
    driver.take(.vocabulary(.sample))
    driver.type("se")
    #expect(
      Array(driver.lines[1...8]) == [
        "── Findings ────────────────────────────────────────────────────────────────────",
        " :se",
        "  services                       Service (svc)",
        "  services.serving.knative.dev   Service.serving.knative.dev (ksvc)",
        "  pulse                          findings, events, latency and memory of the l…",
        "  mouse                          leaves the mouse to the terminal, or not",
        "  aliases                        all kinds and commands with their short names",
        "────────────────────────────────────────────────────────────────────────────────",
      ]
    )
    #expect(
      driver.lines[23]
        == " enter Run  tab Complete  up Matches  ctrl-p History  esc Leave"
    )
    driver.press("esc")
    #expect(driver.lines[4] == "> ✖ 90s  Pod shop/pod-1 does not finish terminating")
  }

  @Test mutating func aWideScreenHasTheSameOnMoreRoom() {
    driver.resize(200, 50)
    open("")
    #expect(driver.lines[2] == " :")
    #expect(driver.lines[3] == "  findings   what is inconsistent")
    #expect(driver.lines[7] == "  dangling   what names something absent, or is needed by nobody")
    #expect(driver.lines[11].hasSuffix("─ ↓ 14 more ──"))
  }

  @Test mutating func matchesAreSelectedAndRun() {
    open("se")
    driver.press("down", "down")
    #expect(driver.lines[4].hasPrefix("> services.serving.knative.dev"))
    driver.press("up", "up", "up")
    #expect(driver.lines[3].hasPrefix("  services "))
    driver.press("down", "enter")
    #expect(driver.lines[1].hasPrefix("── Services ─"))
  }

  @Test mutating func tabCompletesAndGoesOn() {
    open("net")
    driver.press("tab")
    #expect(driver.lines[2] == " :networkpolicies")
    driver.press("tab")
    #expect(driver.lines[3] == "  networkpolicies bank          namespace")
    driver.type("sh")
    driver.press("tab", "enter")
    #expect(driver.lines[1].hasPrefix("── NetworkPolicies in shop ─"))
  }

  @Test mutating func whatIsNotUnderstoodStaysToBeMended() {
    open("pdos")
    #expect(driver.press("enter").isEmpty)
    #expect(driver.lines[2] == " :pdos")
    #expect(driver.lines[3] == "  There is no kind or command pdos. Did you mean pods?")
    driver.press("backspace", "backspace", "backspace")
    driver.type("ods")
    #expect(!driver.lines[3].contains("Did you mean"))
    driver.press("enter")
    #expect(driver.lines[1].hasPrefix("── Pods ─"))
  }

  @Test mutating func whoTypesFastIsNotToldThatThereIsNoSuchKind() {
    driver.press(":")
    driver.type("pods shop")
    #expect(driver.press("enter").isEmpty)
    #expect(driver.lines[3] == "  Asking the clusters what they have…")
    driver.take(.vocabulary(.sample))
    #expect(driver.lines[1].hasPrefix("── Pods in shop ─"))
    driver.press("esc", ":")
    driver.take(.vocabulary(Vocabulary()))
    driver.type("pods")
    driver.press("enter")
    #expect(driver.lines[3].hasPrefix("  No cluster has told yet which kinds it has"))
  }

  @Test mutating func whatWasRunIsAtHandAgain() {
    driver.run("pods shop")
    driver.run("theme nord")
    driver.run("pods shop")
    open("x")
    driver.press("ctrl-p")
    #expect(driver.lines[2] == " :pods shop")
    driver.press("ctrl-p")
    #expect(driver.lines[2] == " :theme nord")
    driver.press("ctrl-p")
    #expect(driver.lines[2] == " :theme nord", "There is nothing older.")
    driver.press("ctrl-n", "ctrl-n")
    #expect(driver.lines[2] == " :")
  }

  @Test mutating func commandsDoWhatTheySay() {
    #expect(driver.run("theme nord") == [.useTheme("nord")])
    driver.take(.notice("nord.yaml:3: blau is no colour."))
    #expect(driver.lines[23] == " nord.yaml:3: blau is no colour.")
    driver.run("ctx")
    #expect(driver.lines[1].hasPrefix("── Fleet ─") && driver.lines[23].contains("enter"))
    driver.run("check stuck/terminating")
    #expect(driver.lines[2].hasPrefix(" /check:stuck/terminating"))
    driver.run("help")
    #expect(driver.lines[1].hasPrefix("── Help: Findings ─"))
    driver.run("findings")
    driver.press("esc")
    #expect(driver.lines[1].hasPrefix("── Findings ─"), "It is the first screen again.")
    driver.run("q")
    #expect(driver.app.isFinished)
  }

  @Test mutating func clustersAndNamespacesNarrowWhatIsShown() {
    driver.run("deploy")
    driver.run("ctx stage")
    #expect(driver.lines[1].hasPrefix("── Deployments @stage ─"))
    driver.run("ns bank")
    #expect(driver.lines[1].hasPrefix("── Deployments in bank @stage ─"))
    driver.run("findings")
    driver.run("ns bank")
    #expect(driver.lines[1].hasPrefix("── Pods in bank ─"))
    driver.run("findings")
    driver.run("ctx stage")
    #expect(driver.lines[1].hasPrefix("── Findings of stage ─"))
  }

  @Test mutating func lettersThatAreTypedIntoAFilterOpenNothing() {
    driver.press("/", ":")
    #expect(driver.lines[2].hasPrefix(" /:"))
  }

  @Test mutating func hostileNamesOfClustersAreShownSafely() {
    var contents = Vocabulary.sample.contents
    contents.clusters = ["a\u{1b}[2Jb"]
    driver.press(":")
    driver.take(.vocabulary(Vocabulary(contents)))
    driver.type("clusters ")
    #expect(driver.lines[3] == "  clusters a�[2Jb   cluster")
  }

  @Test mutating func itFitsTheSmallestScreen() {
    driver.resize(60, 16)
    open("")
    #expect(driver.lines.allSatisfy { DisplayText($0).width <= 60 })
    #expect(driver.lines[2] == " :" && driver.lines[11].hasPrefix("────"))
  }
}
