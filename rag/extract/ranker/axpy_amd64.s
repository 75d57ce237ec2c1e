#include "textflag.h"

// func axpySSE(a float32, x, y *float32, n int)
TEXT ·axpySSE(SB), NOSPLIT, $0-32
	MOVSS  a+0(FP), X0
	SHUFPS $0, X0, X0
	MOVQ   x+8(FP), SI
	MOVQ   y+16(FP), DI
	MOVQ   n+24(FP), CX

sixteen:
	CMPQ   CX, $16
	JLT    four
	MOVUPS (SI), X1
	MOVUPS 16(SI), X2
	MOVUPS 32(SI), X3
	MOVUPS 48(SI), X4
	MOVUPS (DI), X5
	MOVUPS 16(DI), X6
	MOVUPS 32(DI), X7
	MOVUPS 48(DI), X8
	MULPS  X0, X1
	MULPS  X0, X2
	MULPS  X0, X3
	MULPS  X0, X4
	ADDPS  X1, X5
	ADDPS  X2, X6
	ADDPS  X3, X7
	ADDPS  X4, X8
	MOVUPS X5, (DI)
	MOVUPS X6, 16(DI)
	MOVUPS X7, 32(DI)
	MOVUPS X8, 48(DI)
	ADDQ   $64, SI
	ADDQ   $64, DI
	SUBQ   $16, CX
	JMP    sixteen

four:
	CMPQ   CX, $4
	JLT    one
	MOVUPS (SI), X1
	MOVUPS (DI), X5
	MULPS  X0, X1
	ADDPS  X1, X5
	MOVUPS X5, (DI)
	ADDQ   $16, SI
	ADDQ   $16, DI
	SUBQ   $4, CX
	JMP    four

one:
	TESTQ CX, CX
	JEQ   done
	MOVSS (SI), X1
	MOVSS (DI), X5
	MULSS X0, X1
	ADDSS X1, X5
	MOVSS X5, (DI)
	ADDQ  $4, SI
	ADDQ  $4, DI
	DECQ  CX
	JMP   one

done:
	RET
