import HTTPTransport
import Testing

struct PercentTests {
    @Test(arguments: [
        ("abc-XYZ_0.9~", "abc-XYZ_0.9~"), ("a b+c", "a%20b%2Bc"),
        ("a&b=c/d?e", "a%26b%3Dc%2Fd%3Fe"),
        ("Zoë", "Zo%C3%AB"), ("", ""), ("100%", "100%25"),
    ])
    func `everything but unreserved characters is encoded`(text: String, encoded: String) {
        #expect(Percent.form(text) == encoded)
    }
}
