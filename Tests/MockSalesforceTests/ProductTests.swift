import HTTPTransport
import MockSalesforce
import Testing
import WireJSON

/// Products, prices and what an opportunity sells (Object Reference).
@Suite struct ProductTests {
    private var rehearsal = Rehearsal()
    private let standard: String

    init() {
        self.standard = self.rehearsal.column("Id", "SELECT Id FROM Pricebook2")[0]
    }

    private mutating func make(_ object: String, _ fields: String) -> String {
        let reply = self.rehearsal.send(.post, "/sobjects/" + object, "{\(fields)}")
        return reply.json["id"]?.string ?? reply.errorCode
    }

    private mutating func price(_ book: String, _ product: String, _ more: String) -> String {
        self.make(
            "PricebookEntry",
            #""Pricebook2Id":"\#(book)","Product2Id":"\#(product)","IsActive":true,\#(more)"#
        )
    }

    private mutating func opportunity() -> String {
        self.make(
            "Opportunity",
            #""Name":"Deal","StageName":"Prospecting","CloseDate":"2026-12-01","Amount":1"#
        )
    }

    private mutating func sell(_ opportunity: String, _ entry: String, _ more: String) -> String {
        self.make(
            "OpportunityLineItem",
            #""OpportunityId":"\#(opportunity)","PricebookEntryId":"\#(entry)",\#(more)"#
        )
    }

    @Test mutating func `every org has the standard price book, which is nobody's change`() {
        let found = self.rehearsal.column(
            "Name",
            "SELECT Name FROM Pricebook2 WHERE IsStandard = true"
        )
        #expect(found == ["Standard Price Book"])
        #expect(self.rehearsal.mock.history(of: self.standard).isEmpty)
    }

    @Test mutating func `a price of another book needs a standard one first`() {
        let product = self.make("Product2", #""Name":"Widget","ProductCode":"W1""#)
        let book = self.make("Pricebook2", #""Name":"Mine","IsActive":true"#)
        // SFDX-Data-Move-Utility 706.
        #expect(self.price(book, product, #""UnitPrice":9"#) == "STANDARD_PRICE_NOT_DEFINED")
        let entry = self.price(self.standard, product, #""UnitPrice":10.5"#)
        let read = self.rehearsal.send(.get, "/sobjects/PricebookEntry/" + entry).json
        #expect(read["Name"]?.string == "Widget")
        #expect(read["ProductCode"]?.string == "W1")
        let again = self.price(self.standard, product, #""UnitPrice":1"#)
        #expect(again == "FIELD_INTEGRITY_EXCEPTION")
        let same = self.price(book, product, #""UseStandardPrice":true"#)
        #expect(
            self.rehearsal.column(
                "UnitPrice",
                "SELECT UnitPrice FROM PricebookEntry WHERE Id = '\(same)'"
            ) == ["10.5"]
        )
        let moved = self.rehearsal.send(
            .patch,
            "/sobjects/PricebookEntry/" + same,
            #"{"Pricebook2Id":"\#(self.standard)"}"#
        )
        #expect(moved.errorCode == "INVALID_FIELD_FOR_INSERT_UPDATE")
    }

    @Test mutating func `line items make an opportunity's amount`() {
        let product = self.make("Product2", #""Name":"Widget","IsActive":true"#)
        let entry = self.price(self.standard, product, #""UnitPrice":10"#)
        let deal = self.opportunity()
        let first = self.sell(deal, entry, #""Quantity":3,"UnitPrice":9.99"#)
        let second = self.sell(deal, entry, #""Quantity":4,"TotalPrice":10"#)
        let read = self.rehearsal.send(.get, "/sobjects/OpportunityLineItem/" + second).json
        #expect(read["UnitPrice"]?.numberText == "2.5")
        #expect(read["ListPrice"]?.numberText == "10.0")
        #expect(read["Product2Id"]?.string == product)
        let soql =
            "SELECT Amount, TotalOpportunityQuantity, HasOpportunityLineItem, Pricebook2Id "
            + "FROM Opportunity"
        var sums = self.rehearsal.query(soql).json["records"]?[0]
        #expect(sums?["Amount"]?.numberText == "39.97")
        #expect(sums?["TotalOpportunityQuantity"]?.numberText == "7.0")
        #expect(sums?["HasOpportunityLineItem"]?.boolean == true)
        #expect(sums?["Pricebook2Id"]?.string == self.standard)
        // What is written over the sum is ignored.
        let path = "/sobjects/Opportunity/" + deal
        #expect(self.rehearsal.send(.patch, path, #"{"Amount":7}"#).status == 204)
        _ = self.rehearsal.send(
            .patch,
            "/sobjects/OpportunityLineItem/" + first,
            #"{"Quantity":1}"#
        )
        #expect(self.rehearsal.column("Amount", soql) == ["19.99"])
        #expect(
            self.rehearsal.send(.delete, "/sobjects/OpportunityLineItem/" + second).status == 204
        )
        #expect(self.rehearsal.column("Amount", soql) == ["9.99"])
        let children = "SELECT (SELECT Id FROM OpportunityLineItems) FROM Opportunity"
        sums = self.rehearsal.query(children).json["records"]?[0]
        #expect(sums?["OpportunityLineItems"]?["totalSize"]?.integer == 1)
        #expect(self.rehearsal.send(.delete, path).status == 204)
        #expect(self.rehearsal.column("Id", "SELECT Id FROM OpportunityLineItem").isEmpty)
    }

    @Test mutating func `a line item is of its opportunity's price book, active and priced`() {
        let product = self.make("Product2", #""Name":"Widget""#)
        let entry = self.price(self.standard, product, #""UnitPrice":10"#)
        let book = self.make("Pricebook2", #""Name":"Mine","IsActive":true"#)
        let other = self.price(book, product, #""UnitPrice":8"#)
        let deal = self.opportunity()
        #expect(self.sell(deal, entry, #""Quantity":1"#) == "REQUIRED_FIELD_MISSING")
        #expect(self.sell(deal, entry, #""UnitPrice":1"#) == "REQUIRED_FIELD_MISSING")
        _ = self.sell(deal, entry, #""Quantity":1,"UnitPrice":1"#)
        let refused = self.rehearsal.send(
            .post,
            "/sobjects/OpportunityLineItem",
            #"{"OpportunityId":"\#(deal)","PricebookEntryId":"\#(other)","Quantity":1,"UnitPrice":1}"#
        )
        #expect(refused.errorCode == "FIELD_INTEGRITY_EXCEPTION")
        #expect(
            refused.message.contains(
                "pricebook entry is in a different pricebook than the one assigned to the opportunity"
            )
        )
        let path = "/sobjects/PricebookEntry/" + entry
        #expect(self.rehearsal.send(.patch, path, #"{"IsActive":false}"#).status == 204)
        #expect(
            self.sell(deal, entry, #""Quantity":1,"UnitPrice":1"#) == "FIELD_INTEGRITY_EXCEPTION"
        )
    }
}
