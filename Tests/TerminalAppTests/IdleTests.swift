import KubernetesObjects
import TerminalKit
import Testing

@testable import Healing
@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// How often a frame is drawn, and what is asked for: nothing is done where nothing is new.
@Suite struct IdleTests {
  private var driver = AppDriver()

  init() { driver.show(Self.page) }

  private static let page = Sample.page((0..<19).map { Sample.finding($0) }, total: 100)

  /// An hour later nothing in sight is so young that its age is counted in seconds.
  private mutating func pass(seconds: Int) -> [Effect] {
    driver.tick(Sample.now + .seconds(3630 + seconds))
  }

  @Test mutating func nothingIsDrawnOrLoadedWhileNothingChanges() {
    _ = pass(seconds: 0)
    let look = driver.look
    for seconds in 1..<30 { #expect(pass(seconds: seconds).isEmpty) }
    #expect(driver.look == look)
    _ = pass(seconds: 60)
    #expect(driver.look == look + 1, "60m became 61m.")
  }

  @Test mutating func agesAreCountedOnTheScreen() {
    _ = driver.tick(Sample.now + .seconds(1))
    #expect(driver.lines[4].hasPrefix("> ✖ 91s "))
    _ = pass(seconds: 0)
    #expect(driver.lines[4].hasPrefix("> ✖ 62m "))
  }

  @Test mutating func whatCameAgainAsItWasCostsNoFrame() {
    let look = driver.look
    driver.show(Self.page)
    var later = Sample.status()
    later.eventsPerSecond = 2000
    later.now = later.now + .seconds(1)
    driver.take(.statuses([later]))
    #expect(driver.look == look)
    driver.take(.statuses([Sample.status(.syncing)]))
    #expect(driver.look == look + 1)
  }

  @Test mutating func whatIsAskedForEachSecondIsAskedForInABusyClusterToo() {
    driver.press("C")
    driver.take(.catalogue(CataloguePage(), ofCluster: nil))
    let isAsked = Effect.loadCatalogue(ofCluster: nil)
    driver.take(.statuses([Sample.status()]))
    // Changes come all the time: as soon as something is loaded it is stale again.
    driver.take(.stale)
    for second in 1...3 {
      driver.take(.stale)
      #expect(!pass(seconds: second).contains(isAsked), "It is still loading.")
      let effects = driver.take(.statuses([Sample.status()]))
      #expect(effects.count { $0 == isAsked } == 1)
      driver.take(.stale)
      #expect(!driver.take(.statuses([Sample.status()])).contains(isAsked), "Once a second.")
    }
  }

  @Test mutating func whatIsKnownIsNotAskedForAgain() {
    var page = Self.page
    page.revision = 7
    let effects = driver.take(.stale)
    guard case .loadFindings(let query)? = effects.first else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(query.known == nil)
    driver.take(.findings(page, for: query))
    driver.take(.statuses([Sample.status()]))
    guard case .loadFindings(let next)? = driver.take(.stale).first else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(next.known == 7)
  }

  @Test mutating func aKeyMakesOneFrameOfWhatIsAtHand() {
    var page = Sample.page((0..<57).map { Sample.finding($0) }, total: 57)
    page.revision = 7
    driver.show(page)
    let look = driver.look
    #expect(driver.press("j").isEmpty)
    #expect(driver.press("page-down").isEmpty)
    #expect(driver.look == look + 2)
    #expect(driver.lines[22].contains("Pod shop/pod-20 "))
  }

  @Test mutating func rowsThatAreNotAtHandAreLoadedOnce() {
    let effects = driver.press("G")
    guard case .loadFindings(let query)? = effects.first else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(effects.count == 1)
    let rows = (query.offset..<100).map { Sample.finding($0) }
    let loaded = Sample.page(rows, total: 100, offset: query.offset)
    #expect(driver.take(.findings(loaded, for: query)).isEmpty)
    #expect(driver.press("k", "k", "page-up").isEmpty)
  }

  @Test mutating func aSelectionThatMovedFarWithItsFindingHasItsRowsLoaded() {
    driver.press("j")
    let selected = Sample.finding(1)
    var page = Sample.page((200..<238).map { Sample.finding($0) }, total: 1000)
    page.locatedIndex = 500
    let query = FindingsQuery(limit: 38, locating: .finding(selected.id), consequences: .folded)
    guard case .loadFindings(let next)? = driver.take(.findings(page, for: query)).first else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect((next.offset...next.offset + next.limit).contains(500))
  }

  @Test mutating func whoMovedWhileAPageWasLoadedStaysOnTheFinding() {
    driver.press("j", "j")
    let moved = Sample.page((100..<103).map { Sample.finding($0) } + Self.page.rows.map(\.finding))
    driver.take(.findings(moved, for: FindingsQuery(limit: 38, consequences: .folded)))
    #expect(driver.lines[6].hasPrefix("> ✖ 90s  Pod shop/pod-2 "))
  }

  @Test mutating func theClustersScreenIsLoadedEachSecond() {
    driver.press("F")
    driver.take(.statuses([Sample.status()]))
    #expect(driver.tick(Sample.now) == [.loadStatuses, .loadHistory])
    let look = driver.look
    driver.take(.statuses([Sample.status()]))
    #expect(driver.look == look)
  }

  @Test mutating func aFindingAgesOnItsOwnScreen() {
    let finding = Sample.finding(1)
    driver.press("enter")
    let detail = Sample.detail(finding, .unavailable("nothing helps"))
    driver.take(.detail(detail, for: Sample.finding(0).id))
    _ = driver.tick(Sample.now)
    let look = driver.look
    driver.take(.detail(detail, for: Sample.finding(0).id))
    #expect(driver.look == look)
    _ = driver.tick(Sample.now + .seconds(5))
    #expect(driver.look == look + 1)
    #expect(driver.lines.contains { $0.contains("cluster test for 95s") })
  }
}
