import Foundation
import MockSalesforce
import Testing

struct ObjectAccessTests {
    @Test func `what a snapshot from before does not name is given`() throws {
        let old = #"{"isReadable":true,"isCreateable":false,"isEditable":true,"isDeletable":true}"#
        let access = try JSONDecoder().decode(
            MockSalesforceObjectAccess.self,
            from: Data(old.utf8)
        )
        #expect(access == MockSalesforceObjectAccess(isCreateable: false))
        let none = try JSONEncoder().encode(MockSalesforceObjectAccess.none)
        #expect(try JSONDecoder().decode(MockSalesforceObjectAccess.self, from: none) == .none)
    }
}
