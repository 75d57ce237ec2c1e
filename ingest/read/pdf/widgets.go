package pdf

import (
	"strings"

	"github.com/klippa-app/go-pdfium/enums"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/responses"
	"github.com/klippa-app/go-pdfium/structs"
)

// widget is where a field of a form is shown on a page.
type widget struct {
	// place is its rectangle.
	place glyph
	// title is what the form calls the field, or "".
	title string
	// value is the text that was filled in, "" for a box.
	value string
	// box and radio say that it is one to check, radio that it is one of several,
	// checked that it is.
	box, radio, checked bool
}

// filled reports whether a field shows something.
func (w widget) filled() bool { return w.box || w.value != "" }

// mostWidgets bounds the annotations of a page that are looked at.
const mostWidgets = 2000

// openForm makes what fields are asked through. It runs no scripts.
func (f *pdfFile) openForm() {
	form, err := f.engine.FPDFDOC_InitFormFillEnvironment(&requests.FPDFDOC_InitFormFillEnvironment{Document: f.doc, FormFillInfo: structs.FPDF_FORMFILLINFO{
		FFI_Invalidate:         func(references.FPDF_PAGE, float64, float64, float64, float64) {},
		FFI_SetCursor:          func(enums.FXCT) {},
		FFI_SetTimer:           func(int, func(int)) int { return 0 },
		FFI_KillTimer:          func(int) {},
		FFI_GetLocalTime:       func() structs.FPDF_SYSTEMTIME { return structs.FPDF_SYSTEMTIME{} },
		FFI_GetPage:            func(references.FPDF_DOCUMENT, int) *references.FPDF_PAGE { return nil },
		FFI_GetRotation:        func(references.FPDF_PAGE) enums.FPDF_PAGE_ROTATION { return 0 },
		FFI_ExecuteNamedAction: func(string) {},
	}})
	if err == nil {
		f.fields = &form.FormHandle
	}
}

// widgets are the fields that a page shows. What cannot be read of one is not
// there.
func (f *pdfFile) widgets(i int, frame frame) []widget {
	if f.fields == nil {
		return nil
	}
	count, err := f.engine.FPDFPage_GetAnnotCount(&requests.FPDFPage_GetAnnotCount{Page: f.at(i)})
	if err != nil {
		return nil
	}
	var all []widget
	for at := range min(count.Count, mostWidgets) {
		annotation, err := f.engine.FPDFPage_GetAnnot(&requests.FPDFPage_GetAnnot{Page: f.at(i), Index: at})
		if err != nil {
			continue
		}
		if w, ok := f.widget(annotation.Annotation, frame); ok {
			all = append(all, w)
		}
		if _, err := f.engine.FPDFPage_CloseAnnot(&requests.FPDFPage_CloseAnnot{Annotation: annotation.Annotation}); err != nil {
			return all
		}
	}
	return all
}

func (f *pdfFile) widget(a references.FPDF_ANNOTATION, frame frame) (w widget, ok bool) {
	const hidden, unseen = 1 << 1, 1 << 5
	kind, err := f.engine.FPDFAnnot_GetSubtype(&requests.FPDFAnnot_GetSubtype{Annotation: a})
	if err != nil || kind.Subtype != enums.FPDF_ANNOT_SUBTYPE_WIDGET {
		return w, false
	}
	flags, err := f.engine.FPDFAnnot_GetFlags(&requests.FPDFAnnot_GetFlags{Annotation: a})
	if err != nil || int(flags.Flags)&(hidden|unseen) != 0 {
		return w, false
	}
	r, err := f.engine.FPDFAnnot_GetRect(&requests.FPDFAnnot_GetRect{Annotation: a})
	if err != nil {
		return w, false
	}
	w.place = frame.glyph(0, responses.CharPosition{
		Left: float64(min(r.Rect.Left, r.Rect.Right)), Right: float64(max(r.Rect.Left, r.Rect.Right)),
		Bottom: float64(min(r.Rect.Bottom, r.Rect.Top)), Top: float64(max(r.Rect.Bottom, r.Rect.Top)),
	})
	if title, err := f.engine.FPDFAnnot_GetFormFieldAlternateName(&requests.FPDFAnnot_GetFormFieldAlternateName{FormHandle: *f.fields, Annotation: a}); err == nil {
		w.title = strings.TrimSpace(title.FormFieldAlternateName)
	}
	return w, f.state(a, &w)
}

// state reads what was filled in. A password is nothing to read.
func (f *pdfFile) state(a references.FPDF_ANNOTATION, w *widget) bool {
	const password = 1 << 13
	kind, err := f.engine.FPDFAnnot_GetFormFieldType(&requests.FPDFAnnot_GetFormFieldType{FormHandle: *f.fields, Annotation: a})
	if err != nil {
		return false
	}
	value, err := f.engine.FPDFAnnot_GetFormFieldValue(&requests.FPDFAnnot_GetFormFieldValue{FormHandle: *f.fields, Annotation: a})
	if err != nil {
		return false
	}
	w.value = strings.TrimSpace(value.FormFieldValue)
	switch kind.FormFieldType {
	case enums.FPDF_FORMFIELD_TYPE_CHECKBOX, enums.FPDF_FORMFIELD_TYPE_RADIOBUTTON:
		// What the box looks like tells; where the file does not say, its value does.
		look, err := f.engine.FPDFAnnot_GetStringValue(&requests.FPDFAnnot_GetStringValue{Annotation: a, Key: "AS"})
		if err == nil && look.Value != "" {
			w.value = look.Value
		}
		w.box, w.radio = true, kind.FormFieldType == enums.FPDF_FORMFIELD_TYPE_RADIOBUTTON
		w.checked, w.value = w.value != "" && w.value != "Off", ""
		return true
	case enums.FPDF_FORMFIELD_TYPE_COMBOBOX, enums.FPDF_FORMFIELD_TYPE_LISTBOX:
		return true
	case enums.FPDF_FORMFIELD_TYPE_TEXTFIELD:
		flags, err := f.engine.FPDFAnnot_GetFormFieldFlags(&requests.FPDFAnnot_GetFormFieldFlags{FormHandle: *f.fields, Annotation: a})
		return err == nil && int(flags.Flags)&password == 0
	}
	return false
}
