import Healing

/// A key of a rule pack's file: what may stand there, and what it means.
///
/// The reader knows keys from here, and so does the schema for editors.
package struct RulePackKey: Sendable {
  /// What a key's value is.
  enum Value: Sendable, Equatable {
    case text
    /// One of these texts.
    case oneOf([String])
    case expression
    case boolean
    case texts
    /// One text, or several.
    case textOrTexts
    /// A map whose keys are in this table.
    case map
    /// A list of such maps.
    case maps
    /// A list whose elements are texts or such maps.
    case textsOrMaps
    /// A map of whatever names.
    case anyMap
    /// A list of whole objects.
    case objects
  }

  /// The way to it from the file's root: `rules[].when`.
  let path: String
  let value: Value
  var isRequired = false
  let meaning: String

  private init(_ path: String, _ value: Value, _ meaning: String, isRequired: Bool = false) {
    self.path = path
    self.value = value
    self.meaning = meaning
    self.isRequired = isRequired
  }

  private static func required(_ path: String, _ value: Value, _ meaning: String) -> RulePackKey {
    RulePackKey(path, value, meaning, isRequired: true)
  }

  static let severities = ["critical", "warning", "info"]
  static let apiVersion = "kpatrol.io/v1"
  static let kind = "RulePack"

  static let all: [RulePackKey] = [
    .required("apiVersion", .oneOf([apiVersion]), "The version of this format."),
    .required("kind", .oneOf([kind]), "What the file is."),
    .required("metadata", .map, "The pack's name."),
    .required("metadata.name", .text, "Ids of the pack's rules begin with it."),
    RulePackKey("params", .anyMap, "Values that expressions read as params.NAME."),
    RulePackKey("rules", .maps, "What is found."),
    .required("rules[].id", .text, "The name, with or without the pack's before it."),
    .required("rules[].title", .text, "What is wrong, in a few words."),
    .required("rules[].match", .map, "Which objects it is about."),
    .required(
      "rules[].match.kinds",
      .texts,
      "Kinds: Pod, Deployment.apps, Certificate.cert-manager.io."
    ),
    RulePackKey(
      "rules[].match.namespaces",
      .texts,
      "Globs of namespaces; with a ! before it, one to leave out."
    ),
    RulePackKey("rules[].match.labels", .text, "A label selector, as kubectl takes it."),
    RulePackKey(
      "rules[].match.where",
      .expression,
      "What has to hold for the rule to be about an object."
    ),
    .required("rules[].when", .expression, "The condition that is a finding."),
    .required(
      "rules[].message",
      .text,
      "One sentence; {{ an expression }} in it stands for its value."
    ),
    RulePackKey("rules[].evidence", .texts, "Expressions whose values prove it."),
    RulePackKey("rules[].severity", .oneOf(severities), "How much it matters; warning by default."),
    RulePackKey(
      "rules[].settles",
      .text,
      "How long it must hold: 90s, 5m or 1h30m; nothing by default."
    ),
    RulePackKey(
      "rules[].explain",
      .text,
      "What it is, why it matters, and behind Verify: how to see it."
    ),
    RulePackKey(
      "rules[].remedies",
      .maps,
      "What may heal it; one of annotate, delete, patch, restart and scale each."
    ),
    .required("rules[].remedies[].id", .text, "The name; its id is PACK/RULE/NAME."),
    .required("rules[].remedies[].title", .text, "What it does, as a menu says it."),
    RulePackKey(
      "rules[].remedies[].reason",
      .text,
      "Why it helps; {{ an expression }} in it stands for its value."
    ),
    RulePackKey(
      "rules[].remedies[].target",
      .map,
      "The object that is changed; the finding's own by default."
    ),
    .required("rules[].remedies[].target.kind", .text, "The kind."),
    .required("rules[].remedies[].target.name", .text, "The name, with {{ expressions }}."),
    RulePackKey(
      "rules[].remedies[].target.namespace",
      .text,
      "The namespace, with {{ expressions }}; that of the finding's object by default."
    ),
    RulePackKey(
      "rules[].remedies[].annotate",
      .anyMap,
      "Annotations to set, with {{ expressions }}; {{ now }} is the time, null takes one away."
    ),
    RulePackKey("rules[].remedies[].delete", .boolean, "Deletes the object."),
    RulePackKey(
      "rules[].remedies[].patch",
      .anyMap,
      "A merge patch; a text that is one {{ expression }} alone becomes its value."
    ),
    RulePackKey(
      "rules[].remedies[].subresource",
      .oneOf(["status"]),
      "The part of the object that is patched."
    ),
    RulePackKey("rules[].remedies[].restart", .boolean, "Replaces the Pods of the workload."),
    RulePackKey(
      "rules[].remedies[].scale",
      .expression,
      "How many replicas the workload is to have."
    ),
    RulePackKey(
      "rules[].remedies[].disruption",
      .oneOf(HealPlan.Disruption.namesInPacks),
      "What an annotation or a patch disturbs; none by default."
    ),
    RulePackKey(
      "rules[].remedies[].within",
      .text,
      "How long it may take until the finding is gone; 1m by default."
    ),
    RulePackKey("references", .maps, "Fields by which objects name others."),
    .required("references[].id", .text, "The id of the finding that what is named does not exist."),
    .required("references[].from", .text, "The kind whose objects name others."),
    .required(
      "references[].field",
      .text,
      "The field: spec.secretName, spec.rules[].backendRefs[], spec.parts{}.ref."
    ),
    RulePackKey(
      "references[].name",
      .text,
      "The member that holds the name; without it the field is the name."
    ),
    RulePackKey(
      "references[].namespace",
      .text,
      "The member that holds the namespace; without it the object's own."
    ),
    RulePackKey("references[].kind", .text, "The member that tells which kind is meant."),
    RulePackKey("references[].group", .text, "The member that tells the API group."),
    .required(
      "references[].to",
      .textsOrMaps,
      "The kinds that may be named; the first where the object does not say."
    ),
    .required("references[].to[].kind", .text, "The kind."),
    RulePackKey(
      "references[].to[].namespaced",
      .boolean,
      "Whether its objects are in namespaces; true by default."
    ),
    RulePackKey("references[].optional", .boolean, "Whether what is named may be absent."),
    RulePackKey("references[].title", .text, "What is wrong, in a few words."),
    RulePackKey(
      "references[].severity",
      .oneOf(severities),
      "How much it matters; warning by default."
    ),
    RulePackKey("references[].settles", .text, "How long it must be absent; 30s by default."),
    RulePackKey("references[].explain", .text, "Why it matters."),
    RulePackKey("causes", .maps, "Which findings explain which."),
    .required("causes[].cause", .text, "The id of a rule or reference of this pack."),
    .required("causes[].explains", .textOrTexts, "Ids of checks, of this pack or any other."),
    .required(
      "causes[].about",
      .oneOf(["same", "referrers", "targets"]),
      "Findings about the same object, about those that name it, or about those it names."
    ),
    RulePackKey(
      "causes[].over",
      .oneOf(["declared", "owner"]),
      "The references that lead there; declared by default."
    ),
    RulePackKey("exceptions", .maps, "What rules do not apply to."),
    RulePackKey("exceptions[].rules", .textOrTexts, "Globs of ids; all of the pack by default."),
    RulePackKey("exceptions[].kinds", .texts, "Kinds; all by default."),
    RulePackKey("exceptions[].namespaces", .texts, "Globs of namespaces."),
    RulePackKey("exceptions[].names", .texts, "Globs of names."),
    RulePackKey("exceptions[].where", .expression, "What has to hold besides; only for rules."),
    .required("exceptions[].reason", .text, "Why."),
    RulePackKey("exceptions[].until", .text, "A day or a time at which it ends: 2027-01-31."),
    RulePackKey("tests", .maps, "Objects, and what is found about them."),
    .required("tests[].name", .text, "What it shows."),
    RulePackKey("tests[].now", .text, "The time at which it is; 2026-01-01T00:00:00Z by default."),
    RulePackKey("tests[].before", .objects, "The objects as they were before."),
    .required("tests[].objects", .objects, "All objects that there are."),
    RulePackKey("tests[].unknown", .texts, "Kinds of which nothing is known."),
    RulePackKey("tests[].expect", .maps, "All that is to be found; nothing by default."),
    .required("tests[].expect[].rule", .text, "The id, with or without the pack's name."),
    .required("tests[].expect[].about", .text, "The object: Pod shop/cart, Node n1."),
    RulePackKey("tests[].expect[].message", .text, "What the finding says."),
  ]

  /// The last part of the path.
  var name: String { String(path.split(separator: ".").last ?? "") }

  /// The path of the map in which it stands; empty for the root.
  var parent: String { path.split(separator: ".").dropLast().joined(separator: ".") }

  /// The keys of one map.
  static func keys(under parent: String) -> [RulePackKey] { all.filter { $0.parent == parent } }
}
