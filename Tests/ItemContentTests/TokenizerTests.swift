import ItemContent
import Testing

@Suite struct TokenizerTests {
    private let tokenizer = Tokenizer()

    @Test func words() {
        #expect(tokenizer.tokens("Schindler's List (1993)") == ["schindler", "s", "list", "1993"])
        #expect(tokenizer.tokens("").isEmpty)
        #expect(tokenizer.tokens(" \t\n—…!? ").isEmpty)
        #expect(tokenizer.tokens("a-b_c.d\0e") == ["a", "b", "c", "d", "e"])
        #expect(
            tokenizer.tokens("Amélie: ÉTÉ à Gdańsk, ΟΔΟΣ, Война И МИР") == [
                "amélie", "été", "à", "gdańsk", "οδοσ", "война", "и", "мир",
            ])
        #expect(tokenizer.tokens("Rocky Ⅳ ١٩٩٣ ½") == ["rocky", "ⅳ", "١٩٩٣"])
    }

    @Test func marksStayWithTheirLetter() {
        #expect(tokenizer.tokens("Ame\u{301}lie") == ["amélie"])
        #expect(tokenizer.tokens("हिन्दी फ़िल्म") == ["हिन्दी", "फ़िल्म"])
        #expect(tokenizer.tokens("\u{301} x\u{301}\u{302}") == ["x\u{301}\u{302}"])
        #expect(tokenizer.tokens("か\u{3099}か") == ["が", "か"])
    }

    @Test func unspacedScriptsAreCutIntoCharacters() {
        #expect(tokenizer.tokens("千と千尋の神隠し") == ["千", "と", "千", "尋", "の", "神", "隠", "し"])
        #expect(
            tokenizer.tokens("ゴジラ2000版abc佐々木𠮷") == [
                "ゴ", "ジ", "ラ", "2000", "版", "abc", "佐", "々", "木", "𠮷",
            ])
        #expect(tokenizer.tokens("올드보이 기생충") == ["올드보이", "기생충"])
    }

    @Test func rightToLeftAndControlsSeparate() {
        #expect(tokenizer.tokens("\u{202B}שלום\u{202C} world\u{200F}x") == ["שלום", "world", "x"])
        #expect(tokenizer.tokens("👩‍👩‍👧 fun🎬film \u{FFFD}\u{10FFFF}") == ["fun", "film"])
    }

    @Test func longWordsAreCut() {
        let token = tokenizer.tokens(String(repeating: "aé", count: 5_000_000) + " next")
        #expect(token == [String(repeating: "aé", count: 32), "next"])
        #expect(tokenizer.tokens(String(repeating: "b", count: 64)) == [String(repeating: "b", count: 64)])
        let marked = tokenizer.tokens("e" + String(repeating: "\u{301}", count: 1_000_000))
        #expect(marked.count == 1 && marked.first?.unicodeScalars.count == 64)
    }

    /// Every ASCII string of seeded noise, against the regular expression on the lower-cased text.
    @Test func asciiIsTheRegularExpression() {
        var state: UInt64 = 7
        for _ in 0..<2_000 {
            let bytes = (0..<40).map { _ -> UInt8 in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return UInt8(state >> 57)
            }
            let text = String(decoding: bytes, as: UTF8.self)
            #expect(
                tokenizer.tokens(text) == text.lowercased().matches(of: /[a-z0-9]+/).map { String($0.output) }
            )
        }
    }

    /// 3,000 descriptions of 100 words are a catalogue's and take a fraction of a second; the bound is for slow machines.
    @Test(.timeLimit(.minutes(1))) func aCatalogueTakesWellUnderASecond() {
        let plain = String(repeating: "The extraordinary adventures, of a film! ", count: 15)
        let accented = String(repeating: "Ein außergewöhnlicher Film: Война и мир — été ", count: 13)
        for text in [plain, accented] {
            let time = ContinuousClock().measure {
                for _ in 0..<3_000 { _ = tokenizer.tokens(text) }
            }
            #expect(time < .seconds(5))
        }
    }
}
