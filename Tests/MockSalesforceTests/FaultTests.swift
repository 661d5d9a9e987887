import HTTPTransport
import WireJSON
import MockSalesforce
import Testing

@Suite struct FaultTests {
    private static let create = #"{"LastName":"A"}"#

    @Test func `a reply lost after the commit leaves the record`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.faults.dropAfterCommitEveryNthCreate = 2
        let replies = (0..<4).map { _ in
            rehearsal.send(.post, "/sobjects/Contact", Self.create).isDropped
        }
        #expect(replies == [false, true, false, true])
        #expect(rehearsal.mock.export(object: "Contact").count == 4)
        #expect(rehearsal.mock.callsUsed(at: rehearsal.now) == 4)
    }

    @Test func `a connection lost before the commit leaves nothing`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.faults.dropBeforeCommitEveryNthWrite = 1
        #expect(rehearsal.send(.post, "/sobjects/Contact", Self.create).isDropped)
        #expect(!rehearsal.send(.get, "/limits").isDropped)
        let injected = rehearsal.send(
            .post,
            "/sobjects/Contact",
            Self.create,
            fault: .dropBeforeCommit
        )
        #expect(injected.isDropped)
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
    }

    @Test(
        arguments: [
            (.unavailable, 503, "none"), (.serverError, 500, "UNKNOWN_EXCEPTION"),
            (.requestLimit, 403, "REQUEST_LIMIT_EXCEEDED"),
            (.expiredSession, 401, "INVALID_SESSION_ID"),
            (.lockedRows, 400, "UNABLE_TO_LOCK_ROW"), (.malformedBody, 201, "none"),
            (.truncatedBody, 201, "none"), (.retiredVersion, 410, "GONE"),
            (.expiredPassword, 403, "INVALID_OPERATION_WITH_EXPIRED_PASSWORD"),
        ] as [(MockSalesforceFault, Int, String)]
    )
    func `a fault has its status and body`(
        _ fault: MockSalesforceFault,
        _ status: Int,
        _ code: String
    ) {
        var rehearsal = Rehearsal()
        let reply = rehearsal.send(.post, "/sobjects/Contact", Self.create, fault: fault)
        #expect(reply.status == status)
        #expect(reply.errorCode == code)
        let isJSON = !reply.json.isNull
        #expect(isJSON == ![.unavailable, .malformedBody, .truncatedBody].contains(fault))
        let isCommitted = [.malformedBody, .truncatedBody].contains(fault)
        #expect(rehearsal.mock.export(object: "Contact").count == (isCommitted ? 1 : 0))
    }

    @Test func `a retired version answers 410 to everything and is listed no longer`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.faults.retiredVersions = ["62.0"]
        for path in ["/limits", "/query?q=SELECT+Id+FROM+Contact", "/sobjects"] {
            let reply = rehearsal.send(.get, path)
            #expect(reply.status == 410)
            #expect(reply.errorCode == "GONE")
        }
        #expect(rehearsal.mock.faultsFired[.retiredVersion] == 3)
        #expect(rehearsal.mock.callsUsed(at: rehearsal.now) == 3)
        let request = HTTPRequest(method: .get, url: "https://acme.my.salesforce.com/services/data")
        let listed = Answer(rehearsal.mock.handle(request, at: rehearsal.now)).json.elements
        #expect(listed.contains { $0["version"]?.string == "63.0" })
        #expect(!listed.contains { $0["version"]?.string == "62.0" })
    }

    @Test(arguments: [401, 403])
    func `an expired password refuses every call, and sign-ins go on`(_ status: Int) {
        var rehearsal = Rehearsal()
        rehearsal.mock.faults.expiredPasswordStatus = status
        let refused = rehearsal.send(.post, "/sobjects/Contact", Self.create)
        #expect(refused.status == status)
        #expect(refused.errorCode == "INVALID_OPERATION_WITH_EXPIRED_PASSWORD")
        #expect(rehearsal.mock.export(object: "Contact").isEmpty)
        #expect(rehearsal.mock.faultsFired[.expiredPassword] == 1)
        rehearsal.mock.faults.expiredPasswordStatus = nil
        #expect(rehearsal.send(.post, "/sobjects/Contact", Self.create).status == 201)
    }

    @Test func `only the locked row of a batch fails`() {
        var rehearsal = Rehearsal()
        rehearsal.mock.faults.lockedRowEveryNth = 2
        let row = #"{"attributes":{"type":"Contact"},"LastName":"A"}"#
        let reply = rehearsal.send(
            .post,
            "/composite/sobjects",
            #"{"records":[\#(row),\#(row),\#(row)]}"#
        )
        #expect(reply.rows == ["success", "UNABLE_TO_LOCK_ROW", "success"])
    }
}
