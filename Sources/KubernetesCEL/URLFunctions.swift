import CEL

extension CELLibrary {
  /// The parts of URLs.
  static let kubernetesURLs = CELLibrary(
    overloads: [
      .function("url") { (text: String, evaluation) throws(CELError) -> URLValue in
        try evaluation.charge(traversing: text.utf8.count)
        return try URLValue(parsing: text)
      },
      .function("isURL") { (text: String, evaluation) throws(CELError) -> Bool in
        try evaluation.charge(traversing: text.utf8.count)
        return (try? URLValue(parsing: text)) != nil
      },
      .member("getScheme") { (url: URLValue, _) throws(CELError) -> String in url.scheme },
      .member("getHost") { (url: URLValue, _) throws(CELError) -> String in url.host },
      .member("getHostname") { (url: URLValue, _) throws(CELError) -> String in url.hostname },
      .member("getPort") { (url: URLValue, _) throws(CELError) -> String in url.port },
      .member("getEscapedPath") { (url: URLValue, _) throws(CELError) -> String in url.path },
      .member(
        "getQuery",
        of: .opaque(URLValue.name),
        returns: .map(.string, .list(.string))
      ) { value, evaluation throws(CELError) in
        guard let url = URLValue(value) else { throw CELOverload.noOverload("getQuery", [value]) }
        try evaluation.charge(traversing: url.query.utf8.count)
        return .map(
          try CELMap(
            url.parameters.map { parameter in
              CELMap.Entry(
                key: .string(parameter.name),
                value: .list(parameter.values.map(CELValue.string))
              )
            }
          )
        )
      },
    ],
    typeNames: [URLValue.name]
  )
}
