/// The types of an operator's operands, and of its value.
struct OperatorTypes: Sendable {
  let operands: [CELType]
  let result: CELType

  init(_ operands: CELType..., result: CELType) {
    self.operands = operands
    self.result = result
  }

  private static let element = CELType.parameter("A")
  private static let value = CELType.parameter("B")

  static func unary(_ symbol: UnaryOperator) -> [OperatorTypes] {
    switch symbol {
    case .not: [OperatorTypes(.bool, result: .bool)]
    case .negative: [.int, .double, .duration].map { OperatorTypes($0, result: $0) }
    }
  }

  static func binary(_ symbol: BinaryOperator) -> [OperatorTypes] {
    switch symbol {
    case .equal, .notEqual: [OperatorTypes(element, element, result: .bool)]
    case .less, .lessOrEqual, .greater, .greaterOrEqual: ordered
    case .contained:
      [
        OperatorTypes(element, .list(element), result: .bool),
        OperatorTypes(element, .map(element, value), result: .bool),
      ]
    case .add: added
    case .subtract: subtracted
    case .multiply, .divide: [.int, .uint, .double].map { OperatorTypes($0, $0, result: $0) }
    case .remainder: [.int, .uint].map { OperatorTypes($0, $0, result: $0) }
    }
  }

  private static let ordered: [OperatorTypes] = {
    let same: [CELType] = [.bool, .string, .bytes, .duration, .timestamp]
    let numbers: [CELType] = [.int, .uint, .double]
    return same.map { OperatorTypes($0, $0, result: .bool) }
      + numbers.flatMap { left in numbers.map { OperatorTypes(left, $0, result: .bool) } }
  }()

  private static let added: [OperatorTypes] = {
    let same: [CELType] = [.int, .uint, .double, .string, .bytes, .duration, .list(element)]
    return same.map { OperatorTypes($0, $0, result: $0) } + [
      OperatorTypes(.timestamp, .duration, result: .timestamp),
      OperatorTypes(.duration, .timestamp, result: .timestamp),
    ]
  }()

  private static let subtracted: [OperatorTypes] = {
    let same: [CELType] = [.int, .uint, .double, .duration]
    return same.map { OperatorTypes($0, $0, result: $0) } + [
      OperatorTypes(.timestamp, .timestamp, result: .duration),
      OperatorTypes(.timestamp, .duration, result: .timestamp),
    ]
  }()
}
