/// A user as the command line tells it: `viewer=get,list,watch:pods,deployments.apps@shop`.
package struct UserSpecification: Sendable, Equatable {
  package let user: User

  /// What is wrong with the text.
  package struct Mistake: Error, CustomStringConvertible {
    package let description: String
  }

  /// Rules stand between `;`; a resource of a group is qualified by it, `*` means all of all groups, and
  /// without a namespace a rule holds everywhere.
  package init(parsing text: String) throws(Mistake) {
    let halves = text.split(separator: "=", maxSplits: 1)
    guard halves.count == 2, halves[0].allSatisfy({ $0.isLetter || $0.isNumber || $0 == "-" })
    else {
      throw Mistake(
        description: "\(text): must be a name and rules, as in viewer=get,list,watch:*."
      )
    }
    var user = User(String(halves[0]))
    for rule in halves[1].split(separator: ";") { user.rules += try Self.rules(rule) }
    self.user = user
  }

  private static func rules(_ text: Substring) throws(Mistake) -> [AccessRule] {
    let halves = text.split(separator: ":", maxSplits: 1)
    guard halves.count == 2 else {
      throw Mistake(description: "\(text): must be verbs and resources, as in get,list:pods.")
    }
    let places = halves[1].split(separator: "@", maxSplits: 1)
    let verbs = names(halves[0])
    let namespaces = places.count > 1 ? Set(names(places[1])) : nil
    return names(places.first ?? "").map { resource in
      let parts = resource.split(separator: ".", maxSplits: 1)
      return AccessRule(
        verbs: verbs,
        apiGroups: resource == "*" ? ["*"] : [parts.count > 1 ? String(parts[1]) : ""],
        resources: resource == "*" ? ["*"] : [String(parts.first ?? "")],
        namespaces: namespaces
      )
    }
  }

  private static func names(_ text: Substring) -> [String] {
    text.split(separator: ",").map(String.init)
  }
}
