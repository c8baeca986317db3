import ClusterGraph
import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

@Suite struct AliasesScreenTests {
  private var driver = AppDriver()

  init() {
    driver.show([Sample.finding(1)])
    driver.press("ctrl-a")
    driver.take(.vocabulary(.sample))
  }

  @Test mutating func kindsAndCommandsAreListedWithTheirShortNames() {
    #expect(driver.lines[1].hasPrefix("── Aliases ──"))
    #expect(driver.lines[2].hasPrefix(" What : takes; any of these names will do."))
    #expect(driver.lines[3].hasPrefix("  NAME "))
    #expect(driver.lines[4].hasPrefix("> findings "))
    driver.press("/")
    driver.type("netpol")
    #expect(
      driver.lines[4]
        == "> networkpolicies       netpol          NetworkPolicy.networking.k8s.io"
    )
    #expect(driver.lines[2].hasSuffix(" 1 of \(CommandWord.all.count + 10)"))
    driver.press("enter")
    #expect(
      driver.press("enter").rows?.rows.kind
        == ObjectKind("NetworkPolicy", group: "networking.k8s.io")
    )
    #expect(driver.lines[1].hasPrefix("── NetworkPolicies ──"))
  }

  @Test mutating func whatNeedsAWordMoreIsAskedFor() {
    driver.press("/")
    driver.type("name:^theme$")
    driver.press("enter", "enter")
    #expect(driver.lines[2].hasPrefix(" :theme"))
    #expect(driver.lines[3].contains("theme default-dark"))
  }

  @Test mutating func whatMatchesNothingSaysSo() {
    driver.press("/")
    driver.type("xyzzy")
    #expect(driver.lines[5] == "  No name is let through by the filter. esc clears it.")
  }

  @Test mutating func kindsThatAreKnownLaterAreListed() {
    var driver = AppDriver()
    driver.press("ctrl-a")
    driver.take(.vocabulary(Vocabulary(FleetContents(), themes: [])))
    driver.take(.statuses([Sample.status()]))
    #expect(driver.tick(Sample.now).contains(.loadVocabulary))
    driver.take(.vocabulary(.sample))
    driver.press("G")
    #expect(driver.lines.contains { $0.contains("widgets") })
  }
}
