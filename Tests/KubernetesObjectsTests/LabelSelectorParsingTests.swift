import KubernetesObjects
import Testing

@Suite struct LabelSelectorParsingTests {
  @Test(
    "A selector reads as kubectl takes it",
    arguments: [
      ("app=cart", "app=cart"), ("app==cart, tier = web", "app=cart,tier=web"),
      ("env in (a,b)", "env in (a,b)"), ("app=x,env in ( a , b )", "app=x,env in (a,b)"),
      ("env notin (prod)", "env notin (prod)"), ("app!=cart", "app notin (cart)"),
      ("canary", "canary"), ("!canary", "!canary"), ("app=", "app="),
      ("app.kubernetes.io/name=web", "app.kubernetes.io/name=web"),
    ]
  )
  func reads(text: String, meaning: String) throws {
    #expect(try LabelSelector(parsing: text).description == meaning)
  }

  @Test(
    "What is no selector is refused",
    arguments: [
      "", "app=cart,", "=x", "app=a b", "env in a", "env between (a)", "a b", "app in (a",
    ]
  )
  func refuses(text: String) {
    #expect(throws: LabelSelectorMistake.self) { try LabelSelector(parsing: text) }
  }

  @Test func aLabelThatIsToHaveTwoValuesSelectsNothing() throws {
    let selector = try LabelSelector(parsing: "app=a,app=b")
    #expect(!selector.matches(["app": "a"]) && !selector.matches(["app": "b"]))
  }
}
