import KubernetesClient
import TestServers
import Testing

@Suite(.fewAtOnce) struct ContextSelectionTests {
  private static let names = ["a[1]", "arn:aws:eks/prod", "prod-eu", "prod-us", "stage", "test-1"]
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load(current: String = "") throws -> Kubeconfig {
    let contexts = Self.names.reversed().map { "- {name: '\($0)', context: {cluster: c}}" }
    let text = """
      current-context: '\(current)'
      clusters: [{name: c, cluster: {server: https://h}}]
      contexts:
      \(contexts.joined(separator: "\n"))
      - {name: broken, context: {cluster: gone}}
      """
    return try Kubeconfig.load(explicitPath: try folder.write("config", text), environment: [:])
  }

  @Test(
    "Names and globs are taken in order, each context once",
    arguments: [
      (["stage"], ["stage"]),
      (["stage", "prod-*"], ["stage", "prod-eu", "prod-us"]),
      (["prod-us", "prod-*", "prod-us"], ["prod-us", "prod-eu"]),
      (["prod-[a-e]?"], ["prod-eu"]),
      (["prod-[!a-e]*"], ["prod-us"]),
      (["*-?"], ["test-1"]),
      (["*prod*"], ["arn:aws:eks/prod", "prod-eu", "prod-us"]),
      (["a[1]"], ["a[1]"]),
      (["a[[]1?"], ["a[1]"]),
      (["*t*a*"], ["stage"]),
    ]
  )
  func matching(patterns: [String], expected: [String]) throws {
    #expect(try load().contextNames(.matching(patterns)) == expected)
  }

  @Test func allIsEveryContext() throws {
    #expect(try load().contextNames(.all) == (Self.names + ["broken"]).sorted())
  }

  @Test func theCurrentContextMustBeTold() throws {
    #expect(try load(current: "stage").contextNames(.current) == ["stage"])
    let error = #expect(throws: KubeconfigError.self) { try load().contextNames(.current) }
    #expect(error?.description.hasPrefix("The kubeconfig has no current-context.") == true)
  }

  @Test(
    "What matches none is told with what there is",
    arguments: [
      ("prd-eu", "No context is named prd-eu. Did you mean prod-eu? There are: "),
      ("nothing", "No context is named nothing. There are: "),
      ("dev-*", "No context matches dev-*. There are: "),
    ]
  )
  func unmatched(pattern: String, message: String) throws {
    let error = #expect(throws: KubeconfigError.self) {
      try load().contextNames(.matching(["stage", pattern]))
    }
    let known = (Self.names + ["broken"]).sorted().joined(separator: ", ")
    #expect(error?.description == message + known + ".")
  }

  @Test func aContextThatCannotBeUsedStopsNoOther() throws {
    let config = try load()
    let results = config.connections(to: try config.contextNames(.matching(["broken", "stage"])))
    #expect(results.map(\.contextName) == ["broken", "stage"])
    #expect(throws: KubeconfigError.self) { try results[0].connection.get() }
    #expect(try results[1].connection.get().server == "https://h")
  }

  @Test func aPatternOfManyStarsIsSoonDecided() throws {
    let name = String(repeating: "a", count: 2000)
    let text = "contexts: [{name: \(name), context: {}}]"
    let config = try Kubeconfig.load(
      explicitPath: try folder.write("config", text),
      environment: [:]
    )
    let pattern = String(repeating: "*a", count: 50) + "b"
    #expect(throws: KubeconfigError.self) { try config.contextNames(.matching([pattern])) }
  }
}
