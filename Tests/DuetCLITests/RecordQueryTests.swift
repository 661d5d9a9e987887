import DuetCLI
import SyncCore
import Testing

struct RecordQueryTests {
    @Test(arguments: [
        ("jane@ACME.com", RecordQuery.email("jane@acme.com")), ("501", .id("501", .hubspot)),
        ("0035g00000ABCde", .id("0035g00000ABCdeAAH", .salesforce)),
        ("0035g00000ABCdeAAH", .id("0035g00000ABCdeAAH", .salesforce)),
        ("00Q5g00000ABCde", .id("00Q5g00000ABCdeEAG", .salesforce)),
        ("https://app.hubspot.com/contacts/9900001/record/0-1/501", .page("501", typeID: "0-1")),
        ("https://app.hubspot.com/contacts/99/record/0-2/501/", .page("501", typeID: "0-2")),
        ("0015g00000ABCdeAAH", .id("0015g00000ABCdeAAH", .salesforce)),
        (
            "https://app-eu1.hubspot.com/contacts/99/contact/501/?interaction=x",
            .id("501", .hubspot)
        ),
        (
            "https://acme.lightning.force.com/lightning/r/Contact/0035g00000ABCdeAAH/view",
            .id("0035g00000ABCdeAAH", .salesforce)
        ),
        ("https://acme.my.salesforce.com/0035g00000ABCde", .id("0035g00000ABCdeAAH", .salesforce)),
        (" 501 ", .id("501", .hubspot)),
        ("a015g000000000VAAQ", .id("a015g000000000VAAQ", .salesforce)),
        (
            "https://acme.lightning.force.com/lightning/r/fleet__Car__c/a0B5g00000ABCdeAAH/view",
            .id("a0B5g00000ABCdeAAH", .salesforce)
        ),
        ("https://app.hubspot.com/contacts/99/record/2-41/501", .page("501", typeID: "2-41")),
    ])
    func `what people paste names a record`(text: String, query: RecordQuery) throws {
        let read = try #require(RecordQuery(text))
        switch (read, query) {
        case (.id(let id, let side), .id(let expected, let expectedSide)):
            #expect(side == expectedSide)
            // The last three characters are a checksum of the first fifteen.
            #expect(id.prefix(15) == expected.prefix(15))
            #expect(id.count == expected.count)
        default: #expect(read == query)
        }
    }

    @Test(arguments: [
        "", "jane", "00X5g00000ABCde", "https://example.com/", "00Q5g0000", "authentications",
    ])
    func `what names no record is refused`(text: String) {
        #expect(RecordQuery(text) == nil)
    }

    @Test func `the checksum tells upper from lower case`() {
        #expect(RecordQuery("0035g00000ABCde") == .id("0035g00000ABCdeAAH", .salesforce))
        #expect(RecordQuery("0035g00000abcde") == .id("0035g00000abcdeAAA", .salesforce))
    }
}
