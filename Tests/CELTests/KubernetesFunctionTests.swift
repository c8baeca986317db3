import Testing

@testable import CEL

struct KubernetesFunctionTests {
  @Test(
    "Kubernetes' functions do what its documentation says",
    arguments: [
      "quantity('1.5Gi').asInteger() == 1610612736 && quantity('.5k').asInteger() == 500",
      "quantity('200M').compareTo(quantity('0.2G')) == 0 && quantity('50M').compareTo(quantity('50Mi')) == -1",
      "quantity('50k').add(20).sub(quantity('100k')).sub(-50000) == quantity('20')",
      "quantity('150Mi').isGreaterThan(quantity('100Mi')) && quantity('50M').isLessThan(quantity('100M'))",
      "!quantity('9999999999999999999999999999999999999G').isInteger() && quantity('50k').isInteger()",
      "quantity('1e40').add(quantity('1n')).isGreaterThan(quantity('1e40'))",
      "quantity('1e40').sub(quantity('1e40').sub(1)) == quantity('1')",
      "quantity('123456789012345678901234567890123456789.5').sub(quantity('.5')) == quantity('123456789012345678901234567890123456789')",
      "quantity('-1e25').sub(quantity('1')).isLessThan(quantity('-1e25')) && quantity('-1e25').sign() == -1",
      "quantity('1e-10') == quantity('1n') && quantity('1.0000000001') == quantity('1000000001n')",
      "quantity('1e999999999').isGreaterThan(quantity('1e900')) && quantity('100Ei') == quantity('9223372036854775807')",
      "quantity('0.1Ki') == quantity('102400m') && quantity('-1500m').add(quantity('1')) == quantity('-500m')",
      "quantity('100m').asApproximateFloat() == 0.1 && quantity('1n').sign() == 1 && quantity('-1m').sign() == -1",
      "quantity('9999999999999999999999999999999999999').add(1) != quantity('9999999999999999999999999999999999999')",
      "isQuantity('1.3Gi') && isQuantity('1e3') && isQuantity('1E') && isQuantity('+1') && !isQuantity('200K')",
      "!isQuantity('Mi') && !isQuantity('1,3G') && !isQuantity('') && !isQuantity('1 G') && !isQuantity('.')",
      "semver('1.2.3').isLessThan(semver('1.10.0')) && semver('1.0.0-alpha').isLessThan(semver('1.0.0'))",
      "semver('1.0.0-alpha.1').isLessThan(semver('1.0.0-alpha.beta')) && semver('1.0.0+a') == semver('1.0.0+b')",
      "semver('v1.0', true) == semver('1.0.0') && semver('01.01.01', true).patch() == 1 && semver('1.2.3').minor() == 2",
      "!isSemver('v1.0.0') && !isSemver('1.0') && !isSemver('01.0.0') && isSemver('1.0.0-rc.1+build.5')",
      "url('https://user:pass@example.com:80/path?query=val#fragment').getHost() == 'example.com:80'",
      "url('https://[::1]:80/').getHostname() == '::1' && url('https://[::1]:80/').getPort() == '80'",
      "url('https://example.com/path with spaces/').getEscapedPath() == '/path%20with%20spaces/'",
      "url('https://example.com/path?k1=a&k2=b&k2=c').getQuery() == {'k1': ['a'], 'k2': ['b', 'c']}",
      "url('/path').getScheme() == '' && url('/path').getHost() == '' && url('https://example.com').getEscapedPath() == ''",
      "isURL('/absolute-path') && !isURL('../relative-path') && !isURL('https://a:b:c/') && !isURL('')",
      "'abc 123'.find('[0-9]+') == '123' && 'abc'.find('[0-9]+') == ''",
      "'123 abc 456'.findAll('[0-9]+') == ['123', '456'] && '123 abc 456'.findAll('[0-9]+', 1) == ['123']",
      "[1, 3].sum() == 4 && [1.0, 3.0].sum() == 4.0 && [].sum() == 0 && [duration('1m'), duration('1s')].sum() == duration('61s')",
      "[1, 2, 2, 3].isSorted() && ![2.0, 1.0].isSorted() && ['a', 'b'].max() == 'b' && [3, 1].min() == 1",
      "[1, 2, 2, 3].indexOf(2) == 1 && ['a', 'b', 'b'].lastIndexOf('b') == 2 && [1.0].indexOf(1.1) == -1",
      "[1, 2].includes(2) && !'a'.includes('b')",
      "!format.dns1123Label().validate('my-label-name').hasValue() && format.dns1123Label().validate('My').hasValue()",
      "format.dns1035Label().validate('1a').hasValue() && !format.dns1123LabelPrefix().validate('a-').hasValue()",
      "!format.qualifiedName().validate('apiextensions.k8s.io/v1beta1').hasValue()",
      "format.qualifiedName().validate('a/b/c').hasValue() && !format.labelValue().validate('').hasValue()",
      "!format.uuid().validate('123e4567-e89b-12d3-a456-426614174000').hasValue() && format.uuid().validate('x').hasValue()",
      "format.date().validate('2021-02-29').hasValue() && !format.datetime().validate('2021-01-01T00:00:00Z').hasValue()",
      "!format.byte().validate('aGVsbG8=').hasValue() && format.byte().validate('aGVsbG8').hasValue()",
      "format.named('uri').value().validate('http://example.com') == optional.none() && !format.named('no').hasValue()",
    ]
  )
  func holds(expression: String) throws {
    #expect(try evaluate(expression).isTrue)
  }

  @Test(
    "What they do not take is an error",
    arguments: [
      "quantity('10Mo') == quantity('1')", "quantity('1.5').asInteger() == 1",
      "semver('Three') == semver('1.0.0')",
      "url('../x').getHost() == ''", "[].min() == 1", "dyn(['a']).sum() == 1",
      "'a'.find('(') == ''",
    ]
  )
  func fails(expression: String) throws {
    #expect(try failure(expression) != nil)
  }
}
