import CEL

extension CELLibrary {
  /// Amounts of resources, such as `1.5Gi`.
  static let kubernetesQuantities = CELLibrary(
    overloads: [
      .function("quantity") { (text: String, _) throws(CELError) -> Quantity in
        try Quantity(parsing: text)
      },
      .function("isQuantity") { (text: String, _) throws(CELError) -> Bool in
        (try? Quantity(parsing: text)) != nil
      },
      .member("sign") { (quantity: Quantity, _) throws(CELError) -> Int64 in quantity.sign },
      .member("isInteger") { (quantity: Quantity, _) throws(CELError) -> Bool in
        quantity.integer != nil
      },
      .member("asInteger") { (quantity: Quantity, _) throws(CELError) -> Int64 in
        guard let integer = quantity.integer else {
          throw CELError(.invalidArgument("the quantity \(quantity.text) is no integer"))
        }
        return integer
      },
      .member("asApproximateFloat") { (quantity: Quantity, _) throws(CELError) -> Double in
        quantity.double
      },
    ] + comparisons + sums,
    typeNames: [Quantity.name]
  )

  private static let comparisons: [CELOverload] = [
    .member("isGreaterThan") { (left: Quantity, right: Quantity, _) throws(CELError) -> Bool in
      left.compared(to: right) > 0
    },
    .member("isLessThan") { (left: Quantity, right: Quantity, _) throws(CELError) -> Bool in
      left.compared(to: right) < 0
    },
    .member("compareTo") { (left: Quantity, right: Quantity, _) throws(CELError) -> Int64 in
      left.compared(to: right)
    },
  ]

  private static let sums: [CELOverload] = [
    .member("add") { (left: Quantity, right: Quantity, _) throws(CELError) -> Quantity in
      left.adding(right)
    },
    .member("add") { (left: Quantity, right: Int64, _) throws(CELError) -> Quantity in
      left.adding(right)
    },
    .member("sub") { (left: Quantity, right: Quantity, _) throws(CELError) -> Quantity in
      left.subtracting(right)
    },
    .member("sub") { (left: Quantity, right: Int64, _) throws(CELError) -> Quantity in
      left.subtracting(right)
    },
  ]
}
