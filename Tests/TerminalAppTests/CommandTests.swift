import KubernetesObjects
import Monitoring
import Testing

@testable import TerminalApp

@Suite struct CommandParserTests {
  private let parser = CommandParser(vocabulary: .sample)

  private func scope(_ text: String) throws -> ResourceScope {
    guard case .resources(let scope) = try parser.parse(text) else {
      throw CommandMistake.tooMuch(text)
    }
    return scope
  }

  @Test(
    "A kind has many names",
    arguments: [
      ("pods", "Pod"), ("po", "Pod"), ("pod", "Pod"), ("PODS", "Pod"),
      ("deploy", "Deployment.apps"), ("deployments.apps", "Deployment.apps"),
      ("deployment.apps", "Deployment.apps"), ("deployments.v1.apps", "Deployment.apps"),
      ("svc", "Service"), ("services", "Service"), ("ksvc", "Service.serving.knative.dev"),
      ("services.serving.knative.dev", "Service.serving.knative.dev"), ("ev", "Event"),
      ("widgets", "Widget.example.com"), ("ns", "Namespace"),
      ("netpol", "NetworkPolicy.networking.k8s.io"),
    ]
  )
  func kinds(word: String, kind: String) throws {
    #expect(try scope(word).resource.kind.description == kind)
    #expect(try scope(word) == ResourceScope(scope(word).resource))
  }

  @Test(
    "What follows a kind may come in any order",
    arguments: [
      "pods shop app=x,env in (a,b) /web @prod", "pods @prod /web app=x,env in (a,b) shop",
      "pods app=x, env in (a, b) @prod shop /web", "po  /web   -n shop -l app=x,env in(a,b) @prod",
      "pod shop @prod app = x,env in (a,b) /web",
    ]
  )
  func order(text: String) throws {
    let scope = try scope(text)
    #expect(scope.resource == .samplePods)
    #expect((scope.cluster, scope.namespace, scope.filter) == ("prod", "shop", "web"))
    #expect(scope.selector?.description == "app=x,env in (a,b)")
  }

  @Test(
    "What is asked for alone leaves the rest as it is",
    arguments: [
      ("pods shop", "shop//nil"), ("pods /web", "nil/web/nil"), ("pods @stage", "nil//stage"),
      ("pods -A", "nil//nil"), ("pods all", "nil//nil"),
    ]
  )
  func alone(text: String, meaning: String) throws {
    let scope = try scope(text)
    #expect(
      "\(scope.namespace ?? "nil")/\(scope.filter)/\(scope.cluster ?? "nil")" == meaning
    )
  }

  @Test(
    "Screens, clusters, namespaces, themes and checks are commands, too",
    arguments: [
      ("findings", .findings(cluster: nil, filter: "")),
      ("f pod shop @prod", .findings(cluster: "prod", filter: "pod shop")),
      ("check stuck/terminating", .findings(cluster: nil, filter: "check:stuck/terminating")),
      ("checks", .checks(cluster: nil, filter: "")),
      ("checks risk off @prod", .checks(cluster: "prod", filter: "risk off")),
      ("ctx", .clusters), ("clusters", .clusters), ("ctx prod", .cluster("prod")),
      ("context @stage", .cluster("stage")), ("ns shop", .namespace("shop")),
      ("namespace all", .namespace(nil)), ("theme nord", .theme("nord")), ("help", .help),
      ("q", .quit), ("quit", .quit),
    ] as [(String, Command)]
  )
  func commands(text: String, command: Command) throws {
    #expect(try parser.parse(text) == command)
  }

  @Test(
    "What cannot be understood says so, with the nearest name",
    arguments: [
      ("pdos", "There is no kind or command pdos. Did you mean pods?"),
      ("depl", "There is no kind or command depl. Did you mean deployments?"),
      ("xyzzy", "There is no kind or command xyzzy."),
      ("pods shp", "There is no namespace shp. Did you mean shop?"),
      ("pods @prd", "There is no cluster prd. Did you mean prod?"),
      ("pods @", "Which cluster? prod, stage"), ("pods shop bank", "bank is one word too many."),
      ("nodes shop", "nodes are in no namespace."), ("pods -l", "Which label?"),
      ("theme", "Which theme? default-dark, default-light, nord"),
      ("theme nrod", "There is no theme nrod. Did you mean nord?"),
      (
        "check stuck/terminatin",
        "There is no check stuck/terminatin. Did you mean stuck/terminating?"
      ),
      ("pods app=a b", "There is no namespace b."), ("help me", "me is one word too many."),
      (
        "pods =x",
        "=x selects no labels; write app=cart, app!=cart, app, !app or app in (cart,web)."
      ),
    ]
  )
  func mistakes(text: String, sentence: String) {
    do throws(CommandMistake) {
      let command = try parser.parse(text)
      // A namespace that is called so is understood, and then another is too much.
      Issue.record("\(text) was understood as \(command).")
    } catch {
      #expect(error.description == sentence)
    }
  }

  @Test func aNamespaceThatCannotBeSeenMayBeThere() throws {
    var contents = Vocabulary.sample.contents
    contents.knowsAllNamespaces = false
    let command = try CommandParser(vocabulary: Vocabulary(contents)).parse("pods secret-place")
    #expect(command == .resources(ResourceScope(.samplePods, namespace: "secret-place")))
  }

  @Test(
    "No text breaks the parser",
    arguments: [
      "", "  ", "(", "pods (", "pods ((a", "pods )", "@", "/", "pods ,", "pods in", "-l", "é",
    ]
  )
  func hostile(text: String) {
    _ = try? parser.parse(text)
    _ = Completion.completions(of: text, from: .sample)
  }
}

@Suite struct CompletionTests {
  private func texts(_ text: String) -> [String] {
    Completion.completions(of: text, from: .sample).map(\.text)
  }

  @Test(
    "The best match comes first",
    arguments: [
      ("po", "pods"), ("dep", "deployments"), ("netpol", "networkpolicies"), ("fin", "findings"),
      ("ksvc", "services.serving.knative.dev"), ("nord", "theme nord"),
      ("term", "check stuck/terminating"),
      ("stage", "clusters stage"), ("bank", "ns bank"), ("pods sh", "pods shop"),
      ("pods @s", "pods @stage"),
      ("pods shop @p", "pods shop @prod"), ("theme no", "theme nord"), ("ctx pr", "ctx prod"),
      ("check addr", "check conflict/pod-address"), ("ns ba", "ns bank"),
      ("nodes @", "nodes @prod"),
      ("wdgt", "widgets"),
    ]
  )
  func best(text: String, first: String) { #expect(texts(text).first == first) }

  @Test func whoHasTypedNothingSeesTheScreensAndTheUsualKinds() {
    #expect(
      texts("").prefix(10) == [
        "findings", "clusters", "check", "checks", "dangling", "journal", "pulse", "theme", "help",
        "quit",
      ]
    )
  }

  @Test func everyCompletionIsUnderstood() {
    let parser = CommandParser(vocabulary: .sample)
    for text in [
      "p", "e", "s", "d", "n", "ns ", "pods ", "pods shop @", "theme ", "check ", "ctx ",
    ] {
      for completion in texts(text) where !["check", "theme", "view"].contains(completion) {
        #expect(throws: Never.self) { try parser.parse(completion) }
      }
    }
  }

  @Test func manyKindsAndNamespacesAreNoMatter() {
    var contents = Vocabulary.sample.contents
    for number in 0..<1000 {
      contents.resources.append(
        APIResource(
          kind: ObjectKind("Thing\(number)", group: "things.example.com"),
          version: "v1",
          plural: "thing\(number)s",
          isNamespaced: true
        )
      )
    }
    contents.namespaces = (0..<10_000).map { "team-\($0)" }
    let found = Completion.completions(of: "thing77", from: Vocabulary(contents))
    #expect(found.first?.text == "thing77s" && found.count == 11)
  }

  @Test func whereNothingMayFollowNothingIsOffered() {
    #expect(texts("theme nord ").isEmpty && texts("help ").isEmpty && texts("xyzzy a").isEmpty)
  }
}
