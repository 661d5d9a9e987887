import Testing

@testable import MockHubSpot

/// Decimal numbers with all of their digits, as HubSpot shows probabilities and amounts.
struct ExactDecimalTests {
    @Test(
        arguments: [
            (0, "0"), (1, "1"), (-2.5, "-2.5"), (1_024, "1024"), (1e21, "1000000000000000000000"),
            (0.1, "0.1000000000000000055511151231257827021181583404541015625"),
            (0.2, "0.200000000000000011102230246251565404236316680908203125"),
            (0.6, "0.59999999999999997779553950749686919152736663818359375"),
            (0.9, "0.90000000000000002220446049250313080847263336181640625"),
        ] as [(Double, String)]
    )
    func `a binary number has the digits of recorded replies`(value: Double, text: String) {
        #expect(ExactDecimal(value)?.text == text)
    }

    @Test(
        arguments: [
            ("1500.00", "1500.00"), ("007", "7"), ("-0.5", "-0.5"), ("0.00", "0.00"),
            ("1e3", "1000"),
            (".5", "0.5"), ("x", nil), ("", nil), ("inf", nil),
        ] as [(String, String?)]
    )
    func `a number keeps the places that it is written with`(text: String, shown: String?) {
        #expect(ExactDecimal(text)?.text == shown)
    }

    @Test(arguments: [
        ("1000000.0", "0.2", "200000.00"), ("-1.5", "2", "-3.0"), ("99.99", "99.99", "9998.0001"),
        ("0", "7.25", "0.00"),
        ("123456789123456789", "987654321987654321", "121932631356500531347203169112635269"),
    ])
    func `a product has the places of both`(one: String, other: String, product: String) throws {
        let left = try #require(ExactDecimal(one))
        let right = try #require(ExactDecimal(other))
        #expect((left * right).text == product)
        #expect((right * left).text == product)
    }
}
