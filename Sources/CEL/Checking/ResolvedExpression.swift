/// An expression of which each name, macro and overload is known.
struct ResolvedExpression: Sendable {
  let kind: Kind
  let type: CELType
  let offset: Int

  indirect enum Kind: Sendable {
    case constant(CELValue)
    /// A variable of the environment, by its position.
    case variable(Int, name: String)
    /// A variable that a macro declares.
    case local(Int)
    /// One that is evaluated when it is first read.
    case bound(Int)
    case select(ResolvedExpression, field: String, isOptional: Bool)
    case presence(ResolvedExpression, field: String)
    case index(ResolvedExpression, ResolvedExpression, isOptional: Bool)
    case call(Call)
    case list([Element])
    case map([Entry])
    case unary(UnaryOperator, ResolvedExpression)
    case binary(BinaryOperator, ResolvedExpression, ResolvedExpression)
    case logical(LogicalOperator, [ResolvedExpression])
    case conditional(ResolvedExpression, ResolvedExpression, ResolvedExpression)
    case fold(Fold)
    case bind(slot: Int, value: ResolvedExpression, body: ResolvedExpression)
    case optionalMap(OptionalMap)
    /// What was not checked before, and is an error when it is evaluated.
    case failure(CELError.Reason)
  }

  struct Call: Sendable {
    let name: String
    /// The overloads of which one is taken when the arguments' types are known.
    let overloads: [CELOverload]
    let arguments: [ResolvedExpression]
  }

  struct Element: Sendable {
    let value: ResolvedExpression
    let isOptional: Bool
  }

  struct Entry: Sendable {
    let key: ResolvedExpression
    let value: ResolvedExpression
    let isOptional: Bool
  }

  /// A macro that goes through a list or a map.
  struct Fold: Sendable {
    enum Kind: Sendable {
      case all, exists, existsOne
      /// The elements, or keys, that pass the filter.
      case filter
      /// The body's value for each that passes the filter.
      case list
      /// A map with the same keys.
      case map
      /// A map of the entries of the maps that the body makes.
      case mapEntries
      /// The elements in the order of the body's values.
      case sorted
    }

    let kind: Kind
    let range: ResolvedExpression
    /// The element of a list or the key of a map; with a second variable, the index or the key.
    let first: Int
    let second: Int?
    let filter: ResolvedExpression?
    let body: ResolvedExpression
  }

  /// What becomes of an optional's value, if it has one.
  struct OptionalMap: Sendable {
    let target: ResolvedExpression
    let slot: Int
    let body: ResolvedExpression
    /// Whether the body makes an optional itself.
    let isFlat: Bool
  }
}
