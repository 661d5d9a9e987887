import MockSalesforce
import Testing

@Suite struct SalesforceIDTests {
    @Test func `a recorded id gets its recorded checksum`() {
        #expect(SalesforceID.withChecksum("0035500001H9cak") == "0035500001H9cakAAB")
        #expect(SalesforceID.withChecksum("012000000000000") == "012000000000000AAA")
    }

    @Test(
        arguments: [
            ("0035500001H9cak", "0035500001H9cakAAB"),
            ("0035500001H9cakAAB", "0035500001H9cakAAB"),
            ("0035500001H9cakAAC", nil),
            ("0035500001h9cakAAB", nil),
            ("0035500001H9ca", nil),
            ("0035500001H9ca-", nil),
        ] as [(String, String?)]
    )
    func `both forms are accepted and a wrong checksum is not`(_ text: String, _ id: String?) {
        #expect(SalesforceID.canonical(text) == id)
    }
}
